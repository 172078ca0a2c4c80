import { AttributeError, broadcastTo, fill, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { eye } from '../indexing/eye.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { concat } from '../shape/concat.ts';
import { batchOf, requireMatrix, withCommonBatch } from './matrices.ts';
import { matrixTranspose } from './matrix-transpose.ts';
import { qr } from './qr.ts';
import { triangularSolve } from './triangular-solve.ts';

/**
 * Solves least squares: the x that minimizes |A x - b|^2 + l |x|^2, for each column of b. Without l, and with several solutions, it is the
 * shortest one. Batches are broadcast. A must have full rank, unless l is positive.
 * @throws AttributeError for a negative l; ShapeError if the rows and columns of A are not known, or shapes do not fit; DTypeError
 */
export function lstsq(matrix: SymLike, rhs: SymLike, l2Regularizer = 0): Sym {
  const [a, b] = withCommonBatch(matrix, rhs);
  const [m, n] = requireMatrix(a, 'the matrix');
  if (l2Regularizer < 0) throw new AttributeError(`lstsq: a negative l2Regularizer, ${l2Regularizer}`);
  if (l2Regularizer > 0) {
    // appends sqrt(l) I to A's rows, and zeros to b's
    const batch = batchOf(a);
    const penalty = broadcastTo(mul(Math.sqrt(l2Regularizer), eye(n)), [...batch, n, n]);
    return tall(concat([a, penalty], -2), concat([b, fill([...batch, n, b.shape.at(-1)!], 0)], -2));
  }
  if (m >= n) return tall(a, b);
  const [q, r] = qr(matrixTranspose(a));
  return matMul(q, triangularSolve(r, b, false, true));
}

function tall(a: Sym, b: Sym): Sym {
  const [q, r] = qr(a);
  return triangularSolve(r, matMul(q, b, true, false), false);
}

export const doc: OpDoc = {
  summary: 'Least squares: the solutions that come nearest to solving linear systems.',
  forward: 'X = \\arg\\min_X \\|A X - B\\|^2 + \\lambda \\|X\\|^2',
  gradient: { matrix: '\\text{by } A = Q R, \\; X = R^{-1} Q^\\top B', rhs: 'Q R^{-\\top} \\bar X' },
  source: 'Golub and Van Loan, "Matrix computations" (2013), sections 5.3.3, 5.6.2 and 6.1.5',
};
