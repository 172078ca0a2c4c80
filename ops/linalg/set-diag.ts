import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { broadcastTo, dim, lift, reshape, ShapeError, select } from '../../engine/index.ts';
import { eye } from '../indexing/eye.ts';
import { onDiagonal } from '../matrix/diagonal.ts';
import { pad } from '../shape/pad.ts';

/**
 * Replaces the main diagonal of each matrix, which has min(rows, columns) elements.
 * @throws ShapeError if the diagonal does not fit
 */
export function setDiag(input: SymLike, diagonal: SymLike): Sym {
  const x = lift(input);
  const d = lift(diagonal, x.dtype);
  if (x.rank < 2) throw new ShapeError(`setDiag: a value of rank ${x.rank}`);
  const [m, n] = [x.shape.at(-2)!, x.shape.at(-1)!];
  const p = dim.min(m, n);
  const elements = broadcastTo(d, [...x.shape.slice(0, -2), p]);
  const square = onDiagonal(reshape(elements, [-1, p]));
  const whole = pad(square, [
    [0, 0],
    [0, dim.sub(m, p)],
    [0, dim.sub(n, p)],
  ]);
  return select(eye(m, n, [], 'bool'), reshape(whole, x.shape), x);
}

export const doc: OpDoc = {
  summary: 'Matrices with another diagonal.',
  forward: 'y_{i j} = d_i \\text{ where } i = j, \\text{ else } x_{i j}',
  gradient: { input: '\\bar y_{i j} \\mathbb 1(i \\ne j)', diagonal: '\\bar y_{i i}' },
  source: 'a choice between two values passes its cotangent to the one that was chosen',
};
