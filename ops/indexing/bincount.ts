import {
  attr,
  type DimLike,
  defineComposite,
  integers,
  lift,
  type OpDoc,
  reshape,
  type SampleOptions,
  type Sym,
  type SymLike,
  sample,
  toDim,
  uniform,
  values,
} from '../../engine/index.ts';
import { requireCountable, sumsByValue } from './counting.ts';
import { toIndices } from './indices.ts';

export const Bincount = defineComposite({
  name: 'Bincount',
  inputs: ['x', 'weights'],
  attrs: { size: attr.dim() },
  infer: ({ x, weights }, { size }) => {
    requireCountable(x, weights);
    return [{ dtype: weights.dtype, shape: [size] }];
  },
  lowering: [
    { kind: 'composite', expand: ({ x, weights }, { size }) => reshape(sumsByValue(x, weights, 1, size), [size]) },
  ],
});

/**
 * How often each integer from 0 to size - 1 occurs in x; or the sum of the weights where it does, if there are weights: one for
 * each element, or none (`[]`). Other integers count nowhere.
 * @throws ShapeError, DTypeError
 */
export function bincount(x: SymLike, weights: SymLike, size: DimLike): Sym {
  return Bincount.node({ x: toIndices(x), weights: lift(weights) }, { size: toDim(size) });
}

export const doc: OpDoc = {
  summary: 'Occurrences of integers, weighted.',
  forward: 'y_j = \\sum_{i : \\, x_i = j} w_i',
  gradient: { x: 'zero', weights: '\\bar y_{x_i}, \\; 0 \\text{ where } x_i \\notin [0, n)' },
  source: 'the adjoint of adding by index is taking by index',
};
const tfGradIsWrong = 'it has none';
const notDifferentiable = 'a number of occurrences';
const row = (size: number): SampleOptions => ({
  build: ({ x, weights }) => bincount(x!, weights!, size),
  reference: (tf, [x, weights]) => tf.bincount(x as never, weights as never, size),
  tfGradIsWrong,
});
export const samples = () => [
  sample({ x: values([1, 3, 1, 0], 'int32'), weights: uniform([4]) }, row(5)),
  sample({ x: integers(['$n'], 0, 4), weights: uniform(['$n']) }, { ...row(4), note: 'an unknown number' }),
  sample({ x: values([1, 7, 1, 0], 'int32'), weights: uniform([4]) }, { ...row(3), note: 'one that is too large' }),
  sample(
    { x: values([1, -2, 1, 0], 'int32'), weights: uniform([4]) },
    {
      ...row(3),
      reference: (tf, [, w]) =>
        tf.stack([tf.slice(w!, 3, 1), tf.add(tf.slice(w!, 0, 1), tf.slice(w!, 2, 1)), tf.zeros([1])]).reshape([3]),
      tfjs: row(3).reference!,
      note: 'a negative one, which tfjs refuses',
    },
  ),
  sample({ x: integers([2, 3], 0, 4), weights: uniform([2, 3]) }, { ...row(4), note: 'rank 2, as a vector' }),
  sample(
    { x: integers(['$n', 3], 0, 4) },
    {
      build: ({ x }) => bincount(x!, [], 4),
      reference: (tf, [x]) => tf.bincount(x as never, [], 4),
      notDifferentiable,
      note: 'without weights',
    },
  ),
  sample({ x: integers([5], 0, 4), weights: integers([5], -5, 5) }, { ...row(4), notDifferentiable: 'integers' }),
  sample({ x: integers([0], 0, 4), weights: uniform([0]) }, { ...row(4), note: 'zero elements' }),
];
