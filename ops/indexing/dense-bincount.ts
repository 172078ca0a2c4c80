import {
  attr,
  type DimLike,
  defineComposite,
  integers,
  lift,
  type OpDoc,
  reshape,
  type SampleOptions,
  ShapeError,
  type Sym,
  type SymLike,
  sample,
  toDim,
  uniform,
} from '../../engine/index.ts';
import { occurrences, requireCountable, sumsByValue } from './counting.ts';
import { toIndices } from './indices.ts';

export const DenseBincount = defineComposite({
  name: 'DenseBincount',
  inputs: ['x', 'weights'],
  attrs: { size: attr.dim(), binaryOutput: attr.bool(false) },
  infer: ({ x, weights }, { size }) => {
    requireCountable(x, weights);
    if (x.shape.length < 1 || x.shape.length > 2) throw new ShapeError(`x has rank ${x.shape.length}, not 1 or 2`);
    return [{ dtype: weights.dtype, shape: [...x.shape.slice(0, -1), size] }];
  },
  lowering: [
    {
      kind: 'composite',
      expand: ({ x, weights }, { size, binaryOutput }) => {
        const rows = x.rank === 2 ? x.shape[0]! : 1;
        const counts = binaryOutput ? occurrences(x, weights.dtype, rows, size) : sumsByValue(x, weights, rows, size);
        return reshape(counts, [...x.shape.slice(0, -1), size]);
      },
    },
  ],
});

/**
 * How often each integer from 0 to size - 1 occurs in each row of x (a vector is one row), or the sum of the weights where it
 * does, as `bincount`; with `binaryOutput`, 1 for each that occurs and 0 for the others, whatever the weights.
 * @throws ShapeError, DTypeError
 */
export function denseBincount(x: SymLike, weights: SymLike, size: DimLike, binaryOutput = false): Sym {
  return DenseBincount.node({ x: toIndices(x), weights: lift(weights) }, { size: toDim(size), binaryOutput });
}

export const doc: OpDoc = {
  summary: 'Occurrences of integers in each row, weighted.',
  forward: 'y_{r j} = \\sum_{i : \\, x_{r i} = j} w_{r i}',
  gradient: { x: 'zero', weights: '\\bar y_{r, x_{r i}}, \\; 0 \\text{ where } x_{r i} \\notin [0, n)' },
  source: 'the adjoint of adding by index is taking by index',
};
const row = (size: number, binaryOutput = false): SampleOptions => ({
  build: ({ x, weights }) => denseBincount(x!, weights!, size, binaryOutput),
  reference: (tf, [x, weights]) => tf.denseBincount(x as never, weights as never, size, binaryOutput),
  tfGradIsWrong: 'it has none',
});
const notDifferentiable = 'a number of occurrences';
export const samples = () => [
  sample({ x: integers(['$n', 4], 0, 5), weights: uniform(['$n', 4]) }, row(5)),
  sample({ x: integers([2, '$n'], 0, 4), weights: uniform([2, '$n']) }, { ...row(3), note: 'some too large' }),
  sample({ x: integers(['$n'], 0, 4), weights: uniform(['$n']) }, { ...row(4), note: 'a vector' }),
  sample(
    { x: integers(['$n', 4], 0, 4), weights: uniform(['$n', 4]) },
    { ...row(3, true), notDifferentiable: '0 or 1', note: 'occurs or not' },
  ),
  sample(
    { x: integers([5], 0, 3), weights: uniform([5]) },
    {
      ...row(4, true),
      reference: (tf, [x]) => tf.cast(tf.greater(tf.bincount(x as never, [], 4), 0), 'float32'),
      tfjs: row(4, true).reference!,
      notDifferentiable: '0 or 1',
      note: 'a vector: occurs or not, which tfjs ignores',
    },
  ),
  sample(
    { x: integers(['$n', 3], 0, 4) },
    {
      build: ({ x }) => denseBincount(x!, [], 4),
      reference: (tf, [x]) => tf.denseBincount(x as never, [], 4),
      notDifferentiable,
      note: 'without weights',
    },
  ),
  sample({ x: integers([2, 0], 0, 4), weights: uniform([2, 0]) }, { ...row(4), note: 'empty rows' }),
  sample({ x: integers([0, 2], 0, 4), weights: uniform([0, 2]) }, { ...row(4), note: 'no rows' }),
];
