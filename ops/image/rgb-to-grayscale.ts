import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { cast, constant, lift, requireEqual, ShapeError, sumAxes } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { float } from '../elementwise/unary.ts';
import { LUMA } from './luma.ts';

/** The luma of red, green and blue, which are the last dimension; it becomes 1. The dtype stays. @throws ShapeError */
export function rgbToGrayscale(image: SymLike): Sym {
  const sym = lift(image);
  if (sym.rank < 2) throw new ShapeError(`rgbToGrayscale: images of rank ${sym.rank}, not 2 or more`);
  requireEqual(sym.shape.at(-1)!, 3, 'rgbToGrayscale: the number of channels');
  return cast(sumAxes(mul(float(sym), constant(LUMA)), [sym.rank - 1], true), sym.dtype);
}

export const doc: OpDoc = {
  summary: 'The luma of red, green and blue.',
  forward: 'y = 0.2989 r + 0.587 g + 0.114 b',
  gradient: { image: '\\bar r = 0.2989 \\bar y, \\; \\bar g = 0.587 \\bar y, \\; \\bar b = 0.114 \\bar y' },
  source: 'ITU-R BT.601, as tf.image rounds it',
};
