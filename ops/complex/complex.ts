import { complexOf, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';

export { Complex } from '../../engine/index.ts';

/** The complex64 value real + i imag, broadcast. @throws ShapeError, DTypeError */
export const complex = (real: SymLike, imag: SymLike): Sym => complexOf(float(real), float(imag));

export const doc: OpDoc = {
  summary: 'A complex value of its real and imaginary parts.',
  forward: 'z = a + i b',
  gradient: { real: '\\operatorname{Re} \\bar z', imag: '\\operatorname{Im} \\bar z' },
  source: '\\bar z = \\partial L / \\partial \\operatorname{Re} z + i \\, \\partial L / \\partial \\operatorname{Im} z',
};
