import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, DTypeError, defineOp, lift, requireAtLeast, ShapeError } from '../../engine/index.ts';
import { addAlongLast } from '../indexing/last-axis.ts';
import { withItem } from '../shape/axis.ts';

export const TopK = defineOp({
  name: 'TopK',
  inputs: ['x'],
  outputs: ['values', 'indices'],
  attrs: { k: attr.int(), sorted: attr.bool(true) },
  infer: ({ x }, { k }) => {
    if (x.dtype !== 'float32' && x.dtype !== 'int32') throw new DTypeError(`x is ${x.dtype}, not float32 or int32`);
    if (x.shape.length === 0) throw new ShapeError('the largest elements of a scalar');
    if (k < 0) throw new ShapeError(`the ${k} largest elements`);
    requireAtLeast(x.shape.at(-1)!, k, 'the number of elements in a row, and k');
    const shape = withItem(x.shape, x.shape.length - 1, k);
    return [
      { dtype: x.dtype, shape },
      { dtype: 'int32', shape },
    ];
  },
  lowering: [{ kind: 'kernel' }],
  traits: { routes: { x: 'part' } },
  gradient: { x: ({ x }, { ys, dys }) => addAlongLast(dys.values, ys.indices, x.shape) },
});

/**
 * The k largest elements of each row, the last axis, and their positions, in descending order. In a tie, the lower position comes first;
 * NaN comes before all numbers. If the last argument, `sorted`, is false, the order is the same.
 * @throws ShapeError, DTypeError
 */
export function topk(x: SymLike, k = 1, _sorted = true): { readonly values: Sym; readonly indices: Sym } {
  // always sorts, so that all backends give the same order
  const [largest, indices] = TopK.nodes({ x: lift(x) }, { k, sorted: true });
  return { values: largest!, indices: indices! };
}

export const doc: OpDoc = {
  summary: 'The largest elements of each row, and their positions.',
  forward: 'y_j = x_{\\pi(j)}, \\; x_{\\pi(1)} \\ge x_{\\pi(2)} \\ge \\dots',
  gradient: { x: '\\sum_{j : \\, \\pi(j) = i} \\bar y_j' },
  source: 'the adjoint of taking by index is adding by index; convention: the first of equal elements comes first',
};
