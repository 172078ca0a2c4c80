import {
  cast,
  defineComposite,
  fill,
  iota,
  type OpDoc,
  reshape,
  type SampleOptions,
  type Sym,
  type SymLike,
  sample,
  select,
  uniform,
  values,
} from '../../engine/index.ts';
import { equal } from '../comparison/equal.ts';
import { logicalAnd } from '../comparison/logical-and.ts';
import { notEqual } from '../comparison/not-equal.ts';
import { abs } from '../elementwise/abs.ts';
import { add } from '../elementwise/add.ts';
import { divNoNan } from '../elementwise/div-no-nan.ts';
import { sub } from '../elementwise/sub.ts';
import { float } from '../elementwise/unary.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { argMax } from '../reduction/arg-max.ts';
import { concat } from '../shape/concat.ts';
import { asBatch, batchOf, block, requireSquare, strictlyLower, unitLower, upperPart } from './matrices.ts';
import { matrixTranspose } from './matrix-transpose.ts';
import { permutationMatrix } from './permutation.ts';
import { triangularSolve } from './triangular-solve.ts';

export const Lu = defineComposite({
  name: 'Lu',
  inputs: ['input'],
  outputs: ['lu', 'p'],
  infer: ({ input }) => {
    const n = requireSquare(input, 'the input');
    return [input, { dtype: 'int32', shape: [...batchOf(input), n] }];
  },
  lowering: [
    {
      kind: 'composite',
      expand: ({ input }) => {
        const [factors, p] = factor(asBatch(input), requireSquare(input, 'the input'));
        return [reshape(factors, input.shape), reshape(p, input.shape.slice(0, -1))];
      },
    },
  ],
  gradient: {
    input: (_inputs, { ys, dys }) => {
      const l = unitLower(ys.lu);
      const u = upperPart(ys.lu);
      const s = add(strictlyLower(matMul(l, dys.lu, true, false)), upperPart(matMul(dys.lu, u, false, true)));
      // L^-T S U^-T
      const left = triangularSolve(l, s, true, true);
      const both = matrixTranspose(triangularSolve(u, matrixTranspose(left), false));
      return matMul(permutationMatrix(ys.p), both, true, false);
    },
  },
});

/**
 * Elimination with the rows where they are: a mask says which have been a pivot. The largest of the others in a column is the
 * next; multiples of it are taken from the rows that are left. In a column of zeros there is nothing to eliminate.
 */
function factor(a: Sym, n: number): readonly [factors: Sym, p: Sym] {
  const batch = a.shape[0]!;
  const order = reshape(iota(n), [n, 1]);
  const [pivots, uppers, lowers]: [Sym[], Sym[], Sym[]] = [[], [], []];
  let rest = a;
  let isLeft = fill([batch, n, 1], 1, 'bool');
  for (let j = 0; j < n; j++) {
    const column = block(rest, 0, j, n, 1);
    const pivot = argMax(select(isLeft, abs(column), -1), 1);
    const row = reshape(pivot, [batch, 1, 1]);
    isLeft = logicalAnd(isLeft, notEqual(order, row));
    const pivotRow = matMul(cast(equal(order, row), 'float32'), rest, true, false);
    const multiples = select(isLeft, divNoNan(column, block(pivotRow, 0, j, 1, 1)), 0);
    pivots.push(pivot);
    uppers.push(pivotRow);
    lowers.push(multiples);
    rest = sub(rest, matMul(multiples, pivotRow));
  }
  if (n === 0) return [a, fill([batch, 0], 0, 'int32')];
  const p = concat(pivots, 1);
  return [add(matMul(permutationMatrix(p), concat(lowers, 2)), upperPart(concat(uppers, 1))), p];
}

/**
 * The factors of square matrices, by elimination with partial pivoting: `lu`, which holds U on and above the diagonal and below it
 * L, whose diagonal is 1, and `p`, the rows of x in the order of those of L U. Singular matrices have zeros on the diagonal
 * of U, and no gradient.
 * @throws ShapeError where the rows and columns are not known, or not as many; DTypeError
 */
export function lu(input: SymLike): readonly [lu: Sym, p: Sym] {
  const [factors, p] = Lu.nodes({ input: float(input) });
  return [factors!, p!];
}

export const doc: OpDoc = {
  summary: 'Triangular factors of square matrices, with partial pivoting.',
  forward: 'P A = L U',
  gradient: {
    input:
      'P^\\top L^{-\\top} (\\operatorname{tril}_{-1}(L^\\top \\bar L) + \\operatorname{triu}(\\bar U U^\\top)) U^{-\\top}',
  },
  source: 'de Hoog, Anderssen and Lukas, "Differentiation of matrix functionals using triangular factorization" (2011)',
};
/** The factors of a matrix of 3 rows whose pivots are its rows 1, 2, 0. */
const reference: SampleOptions['reference'] = (tf, [x]) => {
  const a = tf.gather(x!, tf.tensor1d([1, 2, 0], 'int32'), -2);
  const at = (m: typeof a, i: number, j: number): typeof a =>
    tf.slice(m, [...m.shape.slice(2).map(() => 0), i, j], [...m.shape.slice(2).map(() => -1), 1, 1]);
  const [a11, a12, a13] = [at(a, 0, 0), at(a, 0, 1), at(a, 0, 2)];
  const [l21, l31] = [tf.div(at(a, 1, 0), a11), tf.div(at(a, 2, 0), a11)];
  const [u22, u23] = [tf.sub(at(a, 1, 1), tf.mul(l21, a12)), tf.sub(at(a, 1, 2), tf.mul(l21, a13))];
  const l32 = tf.div(tf.sub(at(a, 2, 1), tf.mul(l31, a12)), u22);
  const u33 = tf.sub(tf.sub(at(a, 2, 2), tf.mul(l31, a13)), tf.mul(l32, u23));
  const rows = [
    [a11, a12, a13],
    [l21, u22, u23],
    [l31, l32, u33],
  ].map((row) => tf.concat(row, -1));
  return [tf.concat(rows, -2), tf.tensor1d([1, 2, 0], 'int32')];
};
export const samples = () => [
  sample(
    {
      x: values([
        [0, 1, 2],
        [4, -1, 1],
        [-2, 3, 1],
      ]),
    },
    { build: ({ x }) => lu(x!), reference, tfjs: null, note: 'a zero where the first pivot would be' },
  ),
  sample(
    { x: uniform(['$b', 3, 3]) },
    {
      build: ({ x }) => {
        const [factors, p] = lu(x!);
        return matMul(permutationMatrix(p), matMul(unitLower(factors), upperPart(factors)), true, false);
      },
      tfjs: null,
      reference: (tf, [x]) => tf.clone(x!),
      note: 'P^T L U is the matrix',
    },
  ),
  sample(
    { x: uniform([2, 1, 2, 2]) },
    {
      build: ({ x }) => lu(x!)[0],
      tfjs: null,
      reference: (tf, [x]) => {
        const flat = tf.reshape(x!, [2, 2, 2]);
        const [top, bottom] = tf.unstack(flat, 1);
        const first = (row: typeof flat): typeof flat => tf.slice(row, [0, 0], [2, 1]);
        const swaps = tf.less(tf.abs(first(top!)), tf.abs(first(bottom!)));
        const [r1, r2] = [tf.where(swaps, bottom!, top!), tf.where(swaps, top!, bottom!)];
        const l = tf.div(first(r2), first(r1));
        const u22 = tf.sub(tf.slice(r2, [0, 1], [2, 1]), tf.mul(l, tf.slice(r1, [0, 1], [2, 1])));
        return tf.reshape(tf.stack([r1, tf.concat([l, u22], 1)], 1), [2, 1, 2, 2]);
      },
      note: 'two batch dims',
    },
  ),
  sample(
    {
      x: values([
        [1, 2, 3],
        [2, 4, 6],
        [1, 0, 5],
      ]),
    },
    {
      build: ({ x }) => lu(x!)[0],
      tfjs: null,
      reference: (tf) =>
        tf.tensor([
          [2, 4, 6],
          [0.5, -2, 2],
          [0.5, -0, 0],
        ]),
      notDifferentiable: 'singular',
      note: 'a singular matrix',
    },
  ),
];
