import {
  attr,
  defineOp,
  formatDim,
  integers,
  lift,
  type OpDoc,
  reshape,
  type SampleOptions,
  ShapeError,
  type Sym,
  type SymLike,
  sample,
  uniform,
} from '../../engine/index.ts';
import { toAxis } from './axis.ts';
import type { Several } from './several.ts';
import { stack } from './stack.ts';

/** More results than any program unrolls. */
const MOST_RESULTS = 100_000;

export const Unpack = defineOp({
  name: 'Unpack',
  inputs: ['value'],
  outputs: ['...ys'],
  attrs: { axis: attr.int() },
  infer: ({ value }, { axis }) => {
    const count = value.shape[toAxis(axis, value.shape.length)]!;
    if (typeof count !== 'number')
      throw new ShapeError(`dimension ${axis} is ${formatDim(count)}: the number of results must be known`);
    if (count === 0) throw new ShapeError(`dimension ${axis} is 0: there would be no results`);
    if (count > MOST_RESULTS)
      throw new ShapeError(`dimension ${axis} is ${count}: there would be more than ${MOST_RESULTS} results`);
    const shape = value.shape.filter((_, i) => i !== axis);
    return Array.from({ length: count }, () => ({ dtype: value.dtype, shape }));
  },
  lowering: [{ kind: 'kernel' }],
  traits: { partwise: true, routes: { value: 'whole' } },
  simplify: ({ value }, { axis }) =>
    value.shape[axis] === 1
      ? [
          reshape(
            value,
            value.shape.filter((_, i) => i !== axis),
          ),
        ]
      : undefined,
  gradient: { value: (_inputs, { dys, attrs }) => stack(dys.ys, attrs.axis) },
});

/**
 * The values along an axis, whose size must be known, and not 0. With their number given, which must be that size, they are a tuple:
 * `const [a, b] = unstack(x, 0, 2)`.
 * @throws ShapeError
 */
export function unstack<const N extends number = number>(x: SymLike, axis = 0, count?: N): Several<N> {
  const sym = lift(x);
  const at = toAxis(axis, sym.rank);
  if (count !== undefined && count !== sym.shape[at])
    throw new ShapeError(`unstack: dimension ${at} is ${formatDim(sym.shape[at]!)}, not ${count}`);
  return Unpack.nodes({ value: sym }, { axis: at }) as readonly Sym[] as Several<N>;
}

export const doc: OpDoc = {
  summary: 'The values along an axis.',
  forward: 'y_k = x_k',
  gradient: { value: '\\bar y_k' },
  source: 'the adjoint of taking apart is stacking',
};
const row = (axis: number): SampleOptions => ({
  build: ({ value }) => unstack(value!, axis),
  reference: (tf, [x]) => tf.unstack(x!, axis),
});
export const samples = () => [
  sample({ value: uniform([3, '$n']) }, row(0)),
  sample({ value: uniform(['$n', 3]) }, row(-1)),
  sample({ value: uniform([2, 3, 2]) }, row(1)),
  sample({ value: uniform([3]) }, { ...row(0), note: 'to scalars' }),
  sample({ value: uniform([1, 3]) }, { ...row(0), note: 'one value', tfGradIsWrong: 'throws for one value' }),
  sample({ value: uniform([2, 0]) }, { ...row(0), note: 'zero elements' }),
  sample(
    { value: uniform([3, 2]) },
    {
      build: ({ value }) => unstack(value!)[1]!,
      reference: (tf, [x]) => tf.unstack(x!)[1]!,
      note: 'others unused',
    },
  ),
  sample({ value: integers([2, 2], -5, 5) }, { ...row(0), notDifferentiable: 'integers' }),
];
