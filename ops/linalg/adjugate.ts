import { defineComposite, fill, type OpDoc, reshape, type Sym, type SymLike } from '../../engine/index.ts';
import { div } from '../elementwise/div.ts';
import { mul } from '../elementwise/multiply.ts';
import { neg } from '../elementwise/neg.ts';
import { sub } from '../elementwise/sub.ts';
import { float } from '../elementwise/unary.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { sum } from '../reduction/sum.ts';
import { concat } from '../shape/concat.ts';
import { det } from './det.ts';
import { lu } from './lu.ts';
import { asBatch, block, requireSquare, unitLower, zeroBlock } from './matrices.ts';
import { matrixTranspose } from './matrix-transpose.ts';
import { permutationMatrix, permutationSign } from './permutation.ts';
import { triangularSolve } from './triangular-solve.ts';

export const MatrixAdjugate = defineComposite({
  name: 'MatrixAdjugate',
  inputs: ['input'],
  infer: ({ input }) => {
    requireSquare(input, 'the input');
    return [input];
  },
  lowering: [
    {
      // adj(P^T L U) = adj(U) adj(L) adj(P^T)
      kind: 'composite',
      expand: ({ input }) => {
        const n = requireSquare(input, 'the input');
        if (n === 0) return input;
        const [factors, p] = lu(input);
        const upper = reshape(adjugateOfUpper(asBatch(factors), n), input.shape);
        const lower = triangularSolve(unitLower(factors), permutationMatrix(p));
        return mul(perMatrix(permutationSign(p)), matMul(upper, lower));
      },
    },
  ],
  gradient: {
    input: ({ input }, { y, dy }) => {
      const inverse = div(matrixTranspose(y), perMatrix(det(input)));
      const share = perMatrix(sum(mul(dy, y), [-2, -1]));
      return sub(mul(share, inverse), matMul(matMul(inverse, dy), y, false, true));
    },
  },
});

const perMatrix = (x: Sym): Sym => reshape(x, [...x.shape, 1, 1]);

/**
 * The adjugates of upper triangular matrices without divisions, so that zeros on the diagonal are allowed: adj [U u; 0 s] = [s adj(U),
 * -adj(U) u; 0, det(U)].
 */
function adjugateOfUpper(u: Sym, n: number): Sym {
  let determinant = block(u, 0, 0, 1, 1);
  let adjugate = fill([u.shape[0]!, 1, 1], 1);
  for (let k = 1; k < n; k++) {
    const s = block(u, k, k, 1, 1);
    const column = neg(matMul(adjugate, block(u, 0, k, k, 1)));
    const left = concat([mul(s, adjugate), zeroBlock(u, 1, k)], 1);
    adjugate = concat([left, concat([column, determinant], 1)], 2);
    determinant = mul(determinant, s);
  }
  return adjugate;
}

/**
 * The adjugates: transposed matrices of cofactors, equal to det(A) A^-1, and right for singular matrices too, but with NaN as gradient.
 * @throws ShapeError unless the matrices are square, of known size; DTypeError
 */
export const adjugate = (input: SymLike): Sym => MatrixAdjugate.node({ input: float(input) });

export const doc: OpDoc = {
  summary: 'The transposed cofactors of matrices.',
  forward: 'Y = \\operatorname{adj} A, \\; A Y = \\det(A) I',
  gradient: { input: '\\langle \\bar Y, Y \\rangle A^{-\\top} - A^{-\\top} \\bar Y Y^\\top' },
  source: 'the differential of A Y = det(A) I, with Giles (2008), section 2.2.4, for that of det(A)',
};
