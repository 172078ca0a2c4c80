import {
  AttributeError,
  broadcastTo,
  fill,
  type OpDoc,
  type SampleOptions,
  type Sym,
  type SymLike,
  sample,
  uniform,
} from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { eye } from '../indexing/eye.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { concat } from '../shape/concat.ts';
import { batchOf, requireMatrix, withCommonBatch } from './matrices.ts';
import { matrixTranspose } from './matrix-transpose.ts';
import { qr } from './qr.ts';
import { inverseOf } from './reference.ts';
import { triangularSolve } from './triangular-solve.ts';

/**
 * The x that makes |A x - b|^2 + l |x|^2 least, with a column for each of b; without l, and where there are several, the
 * shortest of them. Batches are broadcast. A must have full rank, unless l is positive.
 * @throws AttributeError for a negative l; ShapeError where the rows and columns of A are not known, or shapes do not fit; DTypeError
 */
export function lstsq(matrix: SymLike, rhs: SymLike, l2Regularizer = 0): Sym {
  const [a, b] = withCommonBatch(matrix, rhs);
  const [m, n] = requireMatrix(a, 'the matrix');
  if (l2Regularizer < 0) throw new AttributeError(`lstsq: a negative l2Regularizer, ${l2Regularizer}`);
  if (l2Regularizer > 0) {
    // A on top of the root of l, for which b is 0
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
/** By the normal equations. */
const row = (l2Regularizer: number, wide = false): SampleOptions => ({
  build: ({ matrix, rhs }) => lstsq(matrix!, rhs!, l2Regularizer),
  tfjs: null,
  reference: (tf, [a, b]) => {
    if (wide) return tf.matMul(a!, tf.matMul(inverseOf(tf, tf.matMul(a!, a!, false, true)), b!), true, false);
    const normal = tf.add(tf.matMul(a!, a!, true, false), tf.mul(l2Regularizer, tf.eye(a!.shape.at(-1)!)));
    return tf.matMul(inverseOf(tf, normal), tf.matMul(a!, b!, true, false));
  },
});
export const samples = () => [
  sample({ matrix: uniform(['$b', 4, 2]), rhs: uniform(['$b', 4, 1]) }, row(0)),
  sample({ matrix: uniform([2, 4]), rhs: uniform([2, '$k']) }, { ...row(0, true), note: 'wide: the shortest' }),
  sample({ matrix: uniform([3, 3]), rhs: uniform([3, 1]) }, { ...row(0.5), note: 'with a penalty' }),
  sample({ matrix: uniform(['$b', 2, 3]), rhs: uniform(['$b', 2, 1]) }, { ...row(0.5), note: 'wide, with a penalty' }),
];
