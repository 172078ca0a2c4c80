import { defineOp, lift, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { neg } from '../elementwise/neg.ts';
import { inferUnary } from '../elementwise/unary.ts';

export const Conj = defineOp({
  name: 'Conj',
  inputs: ['input'],
  infer: ({ input }) => inferUnary(input, ['complex64']),
  lowering: [{ kind: 'kernel' }],
  traits: { elementwise: true, involution: true, linear: ['input'], finiteSlopes: true },
  parts: ({ input: { re, im } }) => ({ re, im: neg(im) }),
  gradient: { input: (_inputs, { dy }) => conj(dy) },
});

/** The complex conjugate; a real value is returned unchanged. */
export function conj(input: SymLike): Sym {
  const sym = lift(input);
  return sym.dtype === 'complex64' ? Conj.node({ input: sym }) : sym;
}

export const doc: OpDoc = {
  summary: 'Complex conjugate.',
  forward: 'y = z^*',
  gradient: { input: '\\bar y^*' },
  source: 'y = a - i b',
};
