import { lift, type OpDoc, requireEqual, ShapeError, type Sym, type SymLike } from '../../engine/index.ts';
import { tile } from '../shape/tile.ts';

/** Converts gray images to red, green and blue: repeats the last dimension, of size 1, three times. @throws ShapeError */
export function grayscaleToRGB(image: SymLike): Sym {
  const sym = lift(image);
  if (sym.rank < 2) throw new ShapeError(`grayscaleToRGB: images of rank ${sym.rank}, not 2 or more`);
  requireEqual(sym.shape.at(-1)!, 1, 'grayscaleToRGB: the number of channels');
  return tile(
    sym,
    sym.shape.map((_, i) => (i === sym.rank - 1 ? 3 : 1)),
  );
}

export const doc: OpDoc = {
  summary: 'Gray images as red, green and blue.',
  forward: 'y_{\\cdot c} = x_{\\cdot 0}, \\; c = 0, 1, 2',
  gradient: { image: '\\sum_c \\bar y_{\\cdot c}' },
  source: 'the adjoint of copying is adding up',
};
