import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, defineOp, formatDim, lift, reshape, ShapeError } from '../../engine/index.ts';
import { toAxis } from './axis.ts';
import type { Several } from './several.ts';
import { stack } from './stack.ts';

/** A limit on the number of outputs. */
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
 * The slices along an axis, whose size must be known and not 0. If `count` is given, which must equal that size, they are a tuple: `const
 * [a, b] = unstack(x, 0, 2)`.
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
