import { defineComposite, type OpDoc, reshape, type Sym, type SymLike } from '../../engine/index.ts';
import { abs } from '../elementwise/abs.ts';
import { log } from '../elementwise/log.ts';
import { mul } from '../elementwise/multiply.ts';
import { sign } from '../elementwise/sign.ts';
import { float } from '../elementwise/unary.ts';
import { prod } from '../reduction/prod.ts';
import { sum } from '../reduction/sum.ts';
import { diagPart } from './diag-part.ts';
import { inv } from './inv.ts';
import { lu } from './lu.ts';
import { batchOf, requireSquare } from './matrices.ts';
import { matrixTranspose } from './matrix-transpose.ts';
import { permutationSign } from './permutation.ts';

export const LogMatrixDeterminant = defineComposite({
  name: 'LogMatrixDeterminant',
  inputs: ['input'],
  outputs: ['sign', 'logAbsDeterminant'],
  infer: ({ input }) => {
    requireSquare(input, 'the input');
    const type = { dtype: 'float32', shape: batchOf(input) } as const;
    return [type, type];
  },
  lowering: [
    {
      kind: 'composite',
      expand: ({ input }) => {
        const [factors, p] = lu(input);
        const pivots = diagPart(factors);
        return [mul(permutationSign(p), prod(sign(pivots), -1)), sum(log(abs(pivots)), -1)];
      },
    },
  ],
  gradient: {
    input: ({ input }, { dys: { logAbsDeterminant: dy } }) =>
      mul(reshape(dy, [...dy.shape, 1, 1]), matrixTranspose(inv(input))),
  },
});

/**
 * The signs of the determinants of square matrices, and the logarithms of their absolute values, which do not overflow or underflow as the
 * determinants do. A singular matrix gives 0 and -Infinity, and no gradient.
 * @throws ShapeError unless the matrices are square, of known size; DTypeError
 */
export function slogdet(input: SymLike): { readonly sign: Sym; readonly logAbsDeterminant: Sym } {
  const [s, logAbsDeterminant] = LogMatrixDeterminant.nodes({ input: float(input) });
  return { sign: s!, logAbsDeterminant: logAbsDeterminant! };
}

export const doc: OpDoc = {
  summary: 'The signs of determinants, and the logarithms of their sizes.',
  forward: 's = \\operatorname{sgn} \\det A, \\; \\ell = \\log |\\det A|',
  gradient: { input: '\\bar \\ell A^{-\\top}' },
  source: 'Giles, "Collected matrix derivative results for forward and reverse mode" (2008), section 2.2.4',
};
