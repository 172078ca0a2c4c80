import {
  attr,
  defineComposite,
  type OpDoc,
  type SampleOptions,
  type Sym,
  type SymLike,
  sample,
  uniform,
} from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { div } from '../elementwise/div.ts';
import { mul } from '../elementwise/multiply.ts';
import { neg } from '../elementwise/neg.ts';
import { sub } from '../elementwise/sub.ts';
import { eye } from '../indexing/eye.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { concat } from '../shape/concat.ts';
import { asBatch, block, lowerPart, overBatch, requireSquare, upperPart, withCommonBatch } from './matrices.ts';
import { inverseOf } from './reference.ts';
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

/** Substitution by halves: all but n divisions are matrix products. */
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
 * The x of A x = b, or of A^T x = b where `adjoint`, for a triangular A, of which only that triangle is read. Batches are
 * broadcast. A zero on the diagonal gives infinities and NaN.
 * @throws ShapeError where the rows of A are not known, or shapes do not fit; DTypeError
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
/** Both triangles are drawn, one of them for nothing; the diagonal is near 2. */
const row = (lower: boolean, adjoint: boolean, n = 3): SampleOptions => ({
  build: ({ matrix, rhs }) => triangularSolve(add(matrix!, mul(2, eye(n))), rhs!, lower, adjoint),
  tfjs: null,
  reference: (tf, [matrix, rhs]) => {
    const order = tf.range(0, n);
    const [i, j] = [tf.expandDims(order, 1), order];
    const mask = tf.cast(lower ? tf.greaterEqual(i, j) : tf.lessEqual(i, j), 'float32');
    const inverse = inverseOf(tf, tf.mul(mask, tf.add(matrix!, tf.mul(2, tf.eye(n)))));
    // tf.matMul confuses batches of [2, 1] and [1, 3]
    const batch = tf.broadcast_util.assertAndGetBroadcastShape(inverse.shape.slice(0, -2), rhs!.shape.slice(0, -2));
    const [a, b] = [inverse, rhs!].map((t) => tf.broadcastTo(t, [...batch, ...t.shape.slice(-2)]));
    return tf.matMul(a!, b!, adjoint, false);
  },
});
export const samples = () => [
  ...[true, false].flatMap((lower) =>
    [false, true].map((adjoint) =>
      sample({ matrix: uniform(['$b', 3, 3]), rhs: uniform(['$b', 3, 2]) }, row(lower, adjoint)),
    ),
  ),
  sample({ matrix: uniform([4, 4]), rhs: uniform([4, '$k']) }, { ...row(true, false, 4), note: 'unknown columns' }),
  sample({ matrix: uniform([1, 1]), rhs: uniform([1, 2]) }, { ...row(false, true, 1), note: 'one row' }),
  sample(
    { matrix: uniform([3, 3]), rhs: uniform(['$b', 3, 2]) },
    { ...row(true, false), note: 'one matrix for a batch' },
  ),
  sample(
    { matrix: uniform([2, 1, 2, 2]), rhs: uniform([1, 3, 2, '$k']) },
    { ...row(false, false, 2), note: 'both broadcast' },
  ),
  sample(
    { matrix: uniform([2, 2]), rhs: uniform([2, 0]) },
    {
      ...row(true, false, 2),
      reference: (tf) => tf.zeros([2, 0]),
      note: 'zero elements',
    },
  ),
];
