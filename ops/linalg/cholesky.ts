import { defineComposite, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { div } from '../elementwise/div.ts';
import { sqrt } from '../elementwise/sqrt.ts';
import { sub } from '../elementwise/sub.ts';
import { float } from '../elementwise/unary.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { concat } from '../shape/concat.ts';
import { pad } from '../shape/pad.ts';
import { block, halfLower, overBatch, requireSquare } from './matrices.ts';
import { matrixTranspose } from './matrix-transpose.ts';
import { triangularSolve } from './triangular-solve.ts';

export const Cholesky = defineComposite({
  name: 'Cholesky',
  inputs: ['input'],
  infer: ({ input }) => {
    requireSquare(input, 'the input');
    return [input];
  },
  lowering: [
    {
      kind: 'composite',
      expand: ({ input }) => overBatch(input, (a) => factor(a, requireSquare(input, 'the input'))),
    },
  ],
  gradient: {
    input: (_inputs, { y, dy }) => {
      const p = halfLower(matMul(y, dy, true, false));
      const s = leftDivided(y, matrixTranspose(leftDivided(y, matrixTranspose(p))));
      return halfLower(add(s, matrixTranspose(s)));
    },
  },
});

const leftDivided = (l: Sym, x: Sym): Sym => triangularSolve(l, x, true, true);

/** Up to this size, factorizes by columns, with the fewest nodes; beyond it by halves, where most work is matrix products. */
const COLUMNS = 16;

function factor(a: Sym, n: number): Sym {
  if (n <= COLUMNS) return byColumns(a, n);
  const k = n >> 1;
  const l11 = factor(block(a, 0, 0, k, k), k);
  const l21 = matrixTranspose(triangularSolve(l11, matrixTranspose(block(a, k, 0, n - k, k))));
  const l22 = factor(sub(block(a, k, k, n - k, n - k), matMul(l21, l21, false, true)), n - k);
  return concat([padded(l11, 0, n - k), concat([l21, l22], 2)], 1);
}

/** Divides each column by the root of its first element, and subtracts its outer product from the rest. */
function byColumns(a: Sym, n: number): Sym {
  const columns: Sym[] = [];
  let rest = a;
  for (let j = 0; j < n; j++) {
    const column = div(block(rest, 0, 0, n - j, 1), sqrt(block(rest, 0, 0, 1, 1)));
    columns.push(padded(column, j, 0));
    const m = n - j - 1;
    if (m === 0) break;
    const below = block(column, 1, 0, m, 1);
    rest = sub(block(rest, 1, 1, m, m), matMul(below, below, false, true));
  }
  return columns.length === 0 ? a : concat(columns, 2);
}

const padded = (x: Sym, above: number, right: number): Sym =>
  pad(x, [
    [0, 0],
    [above, 0],
    [0, right],
  ]);

/**
 * The lower triangular L of A = L L^T, for symmetric positive definite matrices. Only the lower triangle of A is read, and the gradient is
 * 0 elsewhere: that of an element below the diagonal includes its mirror element's. A matrix that is not positive definite gives NaN.
 * @throws ShapeError unless the matrices are square, of known size; DTypeError
 */
export const cholesky = (input: SymLike): Sym => Cholesky.node({ input: float(input) });

export const doc: OpDoc = {
  summary: 'The Cholesky factors of symmetric positive definite matrices.',
  forward: 'A = L L^\\top',
  gradient: {
    input:
      '\\Phi(S + S^\\top), \\; S = L^{-\\top} \\Phi(L^\\top \\bar L) L^{-1}, \\; \\Phi \\text{: the lower triangle, with half of the diagonal}',
  },
  source: 'Murray, "Differentiation of the Cholesky decomposition" (2016), eq. (10)',
};
