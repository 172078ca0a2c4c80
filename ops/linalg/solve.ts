import { attr, defineComposite, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { neg } from '../elementwise/neg.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { lu } from './lu.ts';
import { unitLower, withCommonBatch } from './matrices.ts';
import { permutationMatrix } from './permutation.ts';
import { inferSolution } from './solution.ts';
import { triangularSolve } from './triangular-solve.ts';

/** By LU factorization with partial pivoting: stable in practice, half the work of QR, and exact for permuted triangular matrices. */
export const MatrixSolve = defineComposite({
  name: 'MatrixSolve',
  inputs: ['matrix', 'rhs'],
  attrs: { adjoint: attr.bool(false) },
  infer: ({ matrix, rhs }) => inferSolution(matrix, rhs),
  lowering: [
    {
      kind: 'composite',
      expand: ({ matrix, rhs }, { adjoint }) => {
        const [factors, p] = lu(matrix);
        const [l, swaps] = [unitLower(factors), permutationMatrix(p)];
        if (!adjoint) return triangularSolve(factors, triangularSolve(l, matMul(swaps, rhs)), false);
        const y = triangularSolve(l, triangularSolve(factors, rhs, false, true), true, true);
        return matMul(swaps, y, true, false);
      },
    },
  ],
  traits: { linear: ['rhs'] },
  gradient: {
    matrix: ({ matrix }, { y, dy, attrs: { adjoint } }) => {
      const g = solve(matrix, dy, !adjoint);
      return neg(adjoint ? matMul(y, g, false, true) : matMul(g, y, false, true));
    },
    rhs: ({ matrix }, { dy, attrs: { adjoint } }) => solve(matrix, dy, !adjoint),
  },
});

/**
 * Solves A x = b, or A^T x = b if `adjoint`, for each column of b. Batches are broadcast. A singular matrix gives infinities and NaN.
 * @throws ShapeError if the rows of A are not known, or shapes do not fit; DTypeError
 */
export function solve(matrix: SymLike, rhs: SymLike, adjoint = false): Sym {
  const [a, b] = withCommonBatch(matrix, rhs);
  return MatrixSolve.node({ matrix: a, rhs: b }, { adjoint });
}

export const doc: OpDoc = {
  summary: 'Solutions of linear systems.',
  forward: 'X = A^{-1} B; \\; A^{-\\top} B',
  gradient: {
    matrix: '-\\bar B X^\\top; \\; -X \\bar B^\\top',
    rhs: '\\bar B = A^{-\\top} \\bar X; \\; A^{-1} \\bar X',
  },
  source: 'Giles, "Collected matrix derivative results for forward and reverse mode" (2008), section 2.3.1',
};
