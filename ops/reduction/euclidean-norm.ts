import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import type { Axes } from '../shape/axis.ts';
import { norm } from './norm.ts';

/** The square root of the sum of squares over axes, by default all. @throws ShapeError */
export const euclideanNorm = (x: SymLike, axis: Axes = null, keepDims = false): Sym =>
  norm(x, 'euclidean', axis, keepDims);

export const doc: OpDoc = {
  summary: 'The length of vectors.',
  forward: 'y = \\sqrt{\\sum_i x_i^2}',
  gradient: { x: '\\bar y \\, x / y, \\; 0 \\text{ at } x = 0' },
  source: 'CSE473, the root of eq. (5.76); convention: 0 at 0',
};
