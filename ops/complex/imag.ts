import { imagPart, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';

export { Imag } from '../../engine/index.ts';

/** The imaginary part of a complex64 value. @throws DTypeError if the input is not complex */
export const imag = (input: SymLike): Sym => imagPart(input);

export const doc: OpDoc = {
  summary: 'The imaginary part.',
  forward: 'y = \\operatorname{Im} z',
  gradient: { input: 'i \\, \\bar y' },
  source: 'y depends on the imaginary part alone',
};
