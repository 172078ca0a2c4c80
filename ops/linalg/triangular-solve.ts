import { attr, defineComposite, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { div } from '../elementwise/div.ts';
import { neg } from '../elementwise/neg.ts';
import { sub } from '../elementwise/sub.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { concat } from '../shape/concat.ts';
import { asBatch, block, lowerPart, overBatch, requireSquare, upperPart, withCommonBatch } from './matrices.ts';
import { inferSolution } from './solution.ts';

export const MatrixTriangularSolve = defineComposite({
  name: 'MatrixTriangularSolve',
  inputs: ['matrix', 'rhs'],
  attrs: { lower: attr.bool(true), adjoint: attr.bool(false) },
  infer: ({ matrix, rhs }) => inferSolution(matrix, rhs),
  lowering: [
    {
      kind: 'composite',
      expand: ({ matrix, rhs }, { lower, adjoint }) =>
        overBatch(rhs, (b) => substitute(asBatch(matrix), b, requireSquare(matrix, 'the matrix'), lower, adjoint)),
    },
  ],
  traits: { linear: ['rhs'] },
  gradient: {
    matrix: ({ matrix }, { y, dy, attrs: { lower, adjoint } }) => {
      const g = triangularSolve(matrix, dy, lower, !adjoint);
      const outer = adjoint ? matMul(y, g, false, true) : matMul(g, y, false, true);
      return neg(lower ? lowerPart(outer) : upperPart(outer));
    },
    rhs: ({ matrix }, { dy, attrs: { lower, adjoint } }) => triangularSolve(matrix, dy, lower, !adjoint),
  },
});

/** Substitution by halves: everything but n divisions is matrix products. */
function substitute(matrix: Sym, rhs: Sym, n: number, lower: boolean, adjoint: boolean): Sym {
  if (n === 0) return rhs;
  if (n === 1) return div(rhs, matrix);
  const k = n >> 1;
  const columns = rhs.shape[2]!;
  const [first, second] = [block(matrix, 0, 0, k, k), block(matrix, k, k, n - k, n - k)];
  const corner = lower ? block(matrix, k, 0, n - k, k) : block(matrix, 0, k, k, n - k);
  const [upper, below] = [block(rhs, 0, 0, k, columns), block(rhs, k, 0, n - k, columns)];
  if (lower !== adjoint) {
    const x = substitute(first, upper, k, lower, adjoint);
    return concat([x, substitute(second, sub(below, matMul(corner, x, adjoint)), n - k, lower, adjoint)], 1);
  }
  const x = substitute(second, below, n - k, lower, adjoint);
  return concat([substitute(first, sub(upper, matMul(corner, x, adjoint)), k, lower, adjoint), x], 1);
}

/**
 * Solves A x = b, or A^T x = b if `adjoint`, for a triangular A; the other triangle is not read. Batches are broadcast. A zero on the
 * diagonal gives infinities and NaN.
 * @throws ShapeError if the rows of A are not known, or shapes do not fit; DTypeError
 */
export function triangularSolve(matrix: SymLike, rhs: SymLike, lower = true, adjoint = false): Sym {
  const [a, b] = withCommonBatch(matrix, rhs);
  return MatrixTriangularSolve.node({ matrix: a, rhs: b }, { lower, adjoint });
}

export const doc: OpDoc = {
  summary: 'Solutions of triangular linear systems.',
  forward: 'X = A^{-1} B; \\; A^{-\\top} B',
  gradient: {
    matrix: '-\\operatorname{tri}(\\bar B X^\\top); \\; -\\operatorname{tri}(X \\bar B^\\top)',
    rhs: '\\bar B = A^{-\\top} \\bar X; \\; A^{-1} \\bar X',
  },
  source: 'Giles, "Collected matrix derivative results for forward and reverse mode" (2008), section 2.3.1',
};
