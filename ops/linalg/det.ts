import { defineComposite, type OpDoc, reshape, type Sym, type SymLike } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { float } from '../elementwise/unary.ts';
import { prod } from '../reduction/prod.ts';
import { adjugate } from './adjugate.ts';
import { diagPart } from './diag-part.ts';
import { lu } from './lu.ts';
import { batchOf, requireSquare } from './matrices.ts';
import { matrixTranspose } from './matrix-transpose.ts';
import { permutationSign } from './permutation.ts';

export const MatrixDeterminant = defineComposite({
  name: 'MatrixDeterminant',
  inputs: ['input'],
  infer: ({ input }) => {
    requireSquare(input, 'the input');
    return [{ dtype: 'float32', shape: batchOf(input) }];
  },
  lowering: [
    {
      kind: 'composite',
      expand: ({ input }) => {
        const [factors, p] = lu(input);
        return mul(permutationSign(p), prod(diagPart(factors), -1));
      },
    },
  ],
  gradient: {
    input: ({ input }, { dy }) => mul(reshape(dy, [...dy.shape, 1, 1]), matrixTranspose(adjugate(input))),
  },
});

/**
 * The determinants of square matrices. The gradient uses cofactors, and is right for singular matrices too; the second derivative is NaN
 * for these.
 * @throws ShapeError unless the matrices are square, of known size; DTypeError
 */
export const det = (input: SymLike): Sym => MatrixDeterminant.node({ input: float(input) });

export const doc: OpDoc = {
  summary: 'The determinants of matrices.',
  forward: 'y = \\det A = \\operatorname{sgn}(P) \\prod_i u_{i i}, \\; P A = L U',
  gradient: { input: '\\bar y \\operatorname{adj}(A)^\\top' },
  source: 'Giles, "Collected matrix derivative results for forward and reverse mode" (2008), section 2.2.4',
};
