import { lift, type OpDoc, ShapeError, type Sym, type SymLike } from '../../engine/index.ts';
import { onDiagonal } from '../matrix/diagonal.ts';

/** A matrix for each vector in the last dim, with the vector on its diagonal and zeros elsewhere. @throws ShapeError for a scalar */
export function diag(diagonal: SymLike): Sym {
  const x = lift(diagonal);
  if (x.rank < 1) throw new ShapeError('linalg.diag: a scalar is no diagonal');
  return onDiagonal(x);
}

export const doc: OpDoc = {
  summary: 'Diagonal matrices, one for each vector of a batch.',
  forward: 'y_{i j} = x_i \\mathbb 1(i = j)',
  gradient: { diagonal: '\\bar y_{i i}' },
  source: 'the adjoint of placing elements is taking them back',
};
