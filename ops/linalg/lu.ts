import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { cast, defineComposite, fill, iota, reshape, select } from '../../engine/index.ts';
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
 * Gaussian elimination without moving rows: a mask marks the rows that have not been pivots. Of these, the row with the largest element in
 * the column is the next pivot; multiples of it are subtracted from the others. A column of zeros needs no elimination.
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
 * Factorizes square matrices by elimination with partial pivoting. `lu` has U on and above the diagonal, and below it L, whose diagonal is
 * 1; row i of L U is row p_i of the input. Singular matrices have zeros on the diagonal of U, and no gradient.
 * @throws ShapeError unless the matrices are square, of known size; DTypeError
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
