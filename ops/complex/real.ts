import { type OpDoc, realPart, type Sym, type SymLike } from '../../engine/index.ts';

export { Real } from '../../engine/index.ts';

/** The real part of a complex64 value. @throws DTypeError if the input is not complex */
export const real = (input: SymLike): Sym => realPart(input);

export const doc: OpDoc = {
  summary: 'The real part.',
  forward: 'y = \\operatorname{Re} z',
  gradient: { input: '\\bar y' },
  source: 'y depends on the real part alone',
};
