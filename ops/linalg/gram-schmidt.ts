import { isSym, type OpDoc, ShapeError, type Sym, type SymLike } from '../../engine/index.ts';
import { div } from '../elementwise/div.ts';
import { sub } from '../elementwise/sub.ts';
import { float } from '../elementwise/unary.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { norm } from '../reduction/norm.ts';
import { concat } from '../shape/concat.ts';
import { stack } from '../shape/stack.ts';
import { unstack } from '../shape/unstack.ts';
import { block, overBatch, requireMatrix } from './matrices.ts';

/**
 * Orthonormalizes vectors: those of a list, or the rows of a matrix, or of each matrix of a batch. Each becomes orthogonal to those before
 * it; the span stays. Linearly dependent vectors give NaN or noise.
 * @throws ShapeError if there are more vectors than elements in each, or either number is not known; DTypeError
 */
export function gramSchmidt<X extends SymLike | readonly Sym[]>(xs: X): Orthonormal<X> {
  return (isList(xs) ? unstack(ofRows(stack(xs))) : ofRows(xs)) as Orthonormal<X>;
}

type Orthonormal<X> = X extends readonly Sym[] ? readonly Sym[] : Sym;

function ofRows(xs: SymLike): Sym {
  const x = float(xs);
  const [count, size] = requireMatrix(x, 'the matrix of vectors');
  if (count > size) throw new ShapeError(`gramSchmidt: ${count} vectors of ${size} elements are linearly dependent`);
  return count === 0 ? x : overBatch(x, (rows) => orthonormal(rows, count, size));
}

/** Divides each row by its norm, and subtracts its component from all later rows. */
function orthonormal(x: Sym, count: number, size: number): Sym {
  const rows: Sym[] = [];
  let rest = x;
  for (let left = count; ; left--) {
    const first = block(rest, 0, 0, 1, size);
    const row = div(first, norm(first, 'euclidean', 2, true));
    rows.push(row);
    if (left === 1) return concat(rows, 1);
    const others = block(rest, 1, 0, left - 1, size);
    rest = sub(others, matMul(matMul(others, row, false, true), row));
  }
}

const isList = (xs: SymLike | readonly Sym[]): xs is readonly Sym[] => Array.isArray(xs) && xs.some(isSym);

export const doc: OpDoc = {
  summary: 'Orthonormal vectors, by the modified Gram-Schmidt process.',
  forward: 'y_i = v_i / \\|v_i\\|, \\; v_i = x_i - \\sum_{j < i} (v^{(j)}_i \\cdot y_j) \\, y_j',
  gradient: { xs: '\\text{by its parts: products, differences, norms}' },
  source: 'Golub and Van Loan, "Matrix computations" (2013), section 5.2.8',
};
