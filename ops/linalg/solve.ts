import {
  attr,
  defineComposite,
  type OpDoc,
  type SampleOptions,
  type Sym,
  type SymLike,
  sample,
  uniform,
  values,
} from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { neg } from '../elementwise/neg.ts';
import { eye } from '../indexing/eye.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { lu } from './lu.ts';
import { unitLower, withCommonBatch } from './matrices.ts';
import { permutationMatrix } from './permutation.ts';
import { inverseOf } from './reference.ts';
import { inferSolution } from './solution.ts';
import { triangularSolve } from './triangular-solve.ts';

/** By L U with partial pivoting: stable in practice, half the work of Q R, and exact for permuted triangular matrices. */
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
 * The x of A x = b, or of A^T x = b where `adjoint`, with a column for each of b. Batches are broadcast. A singular matrix
 * gives infinities and NaN.
 * @throws ShapeError where the rows of A are not known, or shapes do not fit; DTypeError
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
const row = (adjoint: boolean, n: number): SampleOptions => ({
  build: ({ matrix, rhs }) => solve(add(matrix!, mul(2, eye(n))), rhs!, adjoint),
  tfjs: null,
  reference: (tf, [matrix, rhs]) =>
    tf.matMul(inverseOf(tf, tf.add(matrix!, tf.mul(2, tf.eye(n)))), rhs!, adjoint, false),
});
export const samples = () => [
  sample({ matrix: uniform(['$b', 3, 3]), rhs: uniform(['$b', 3, 2]) }, row(false, 3)),
  sample({ matrix: uniform(['$b', 3, 3]), rhs: uniform(['$b', 3, 2]) }, row(true, 3)),
  sample({ matrix: uniform([4, 4]), rhs: uniform([4, '$k']) }, { ...row(false, 4), note: 'unknown columns' }),
  sample({ matrix: uniform([2, 2]), rhs: uniform(['$b', 2, 1]) }, { ...row(false, 2), note: 'one matrix for a batch' }),
  sample(
    {
      matrix: values([
        [0, 2, 0],
        [1e-6, 1, 3],
        [4, 0, 1],
      ]),
      rhs: uniform([3, 2]),
    },
    {
      attrs: {},
      tfjs: null,
      reference: (tf, [matrix, rhs]) => tf.matMul(inverseOf(tf, matrix!), rhs!),
      note: 'zeros, and nearly zeros, where pivots would be',
    },
  ),
  sample(
    { matrix: uniform([0, 2, 2]), rhs: uniform([0, 2, 1]) },
    {
      attrs: {},
      tfjs: null,
      reference: (tf, [_, rhs]) => tf.clone(rhs!),
      note: 'zero elements',
    },
  ),
];
