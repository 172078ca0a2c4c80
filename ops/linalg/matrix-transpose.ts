import { lift, type OpDoc, ShapeError, type Sym, type SymLike } from '../../engine/index.ts';
import { transpose } from '../matrix/transpose.ts';

/** The transpose of each matrix in the last two dims. @throws ShapeError for a rank below 2 */
export function matrixTranspose(a: SymLike): Sym {
  const x = lift(a);
  if (x.rank < 2) throw new ShapeError(`matrixTranspose: a value of rank ${x.rank}`);
  const batch = Array.from({ length: x.rank - 2 }, (_, i) => i);
  return transpose(x, [...batch, x.rank - 1, x.rank - 2]);
}

export const doc: OpDoc = {
  summary: 'The transposes of matrices.',
  forward: 'y_{i j} = x_{j i}',
  gradient: { a: '\\bar y^\\top' },
  source: 'Introductory ML, eqs. (1)-(2)',
};
