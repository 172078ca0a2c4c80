/** Takes and places diagonals of matrices by moving elements only: exact for every dtype and size. */
import { dim, product, reshape, type Sym } from '../../engine/index.ts';
import { pad } from '../shape/pad.ts';
import { slice } from '../shape/slice.ts';

/**
 * The main diagonals of the matrices in the last two dims. A matrix of p rows and n >= p columns, padded with p elements, is reshaped to n
 * + 1 columns, the first of which is the diagonal.
 */
export function diagonalOf(x: Sym): Sym {
  const batch = x.shape.slice(0, -2);
  const [m, n] = [x.shape.at(-2)!, x.shape.at(-1)!];
  const p = dim.min(m, n);
  const count = product(batch);
  const rows = p === m ? x : slice(reshape(x, [count, m, n]), 0, [count, p, n]);
  const flat = pad(reshape(rows, [count, dim.mul(p, n)]), [
    [0, 0],
    [0, p],
  ]);
  const shifted = reshape(flat, [count, p, dim.add(n, 1)]);
  return reshape(slice(shifted, 0, [count, p, 1]), [...batch, p]);
}

/** Square matrices with the vectors of the last dim on their diagonals, and zeros elsewhere: the adjoint of `diagonalOf`. */
export function onDiagonal(x: Sym): Sym {
  const batch = x.shape.slice(0, -1);
  const n = x.shape.at(-1)!;
  const count = product(batch);
  const shifted = pad(reshape(x, [count, n, 1]), [
    [0, 0],
    [0, 0],
    [0, n],
  ]);
  const flat = reshape(shifted, [count, dim.mul(n, dim.add(n, 1))]);
  return reshape(slice(flat, 0, [count, dim.mul(n, n)]), [...batch, n, n]);
}
