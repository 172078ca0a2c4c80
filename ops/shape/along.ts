/**
 * Parts of one axis, the others as they are. What lies before the axis and what lies behind it count as one dimension each:
 * kernels are fastest at low ranks, and some of them wrong at high ones.
 */
import { type DimLike, product, reshape, type Sym } from '../../engine/index.ts';
import { pad } from './pad.ts';
import { slice } from './slice.ts';

/** Does something along the middle axis of a value of rank 3 along an axis of another value. */
export function along(x: Sym, axis: number, change: (x: Sym) => Sym): Sym {
  const [before, after] = [x.shape.slice(0, axis), x.shape.slice(axis + 1)];
  const changed = change(reshape(x, [product(before), x.shape[axis]!, product(after)]));
  return reshape(changed, [...before, changed.shape[1]!, ...after]);
}

/** `size` elements along the middle axis, from `begin` on. */
export const sliceMiddle = (x: Sym, begin: DimLike, size: DimLike): Sym =>
  slice(x, [0, begin, 0], [x.shape[0]!, size, x.shape[2]!]);

/** Zeros before and after what there is along the middle axis. */
export const padMiddle = (x: Sym, before: DimLike, after: DimLike): Sym =>
  pad(x, [
    [0, 0],
    [before, after],
    [0, 0],
  ]);
