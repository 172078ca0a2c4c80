/**
 * Changes one axis of a value and keeps the others. The dims before the axis, and those after it, are merged into one each: kernels are
 * fastest at low ranks, and some are wrong at high ones.
 */
import { type DimLike, product, reshape, type Sym } from '../../engine/index.ts';
import { pad } from './pad.ts';
import { slice } from './slice.ts';

/** Applies a change of the middle axis of a value of rank 3 to any axis of any value. */
export function along(x: Sym, axis: number, change: (x: Sym) => Sym): Sym {
  const [before, after] = [x.shape.slice(0, axis), x.shape.slice(axis + 1)];
  const changed = change(reshape(x, [product(before), x.shape[axis]!, product(after)]));
  return reshape(changed, [...before, changed.shape[1]!, ...after]);
}

/** `size` elements of the middle axis, starting at `begin`. */
export const sliceMiddle = (x: Sym, begin: DimLike, size: DimLike): Sym =>
  slice(x, [0, begin, 0], [x.shape[0]!, size, x.shape[2]!]);

/** Pads the middle axis with zeros. */
export const padMiddle = (x: Sym, before: DimLike, after: DimLike): Sym =>
  pad(x, [
    [0, 0],
    [before, after],
    [0, 0],
  ]);
