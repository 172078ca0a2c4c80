import { lift, type OpDoc, ShapeError, type Sym, type SymLike } from '../../engine/index.ts';
import { diagonalOf } from '../matrix/diagonal.ts';

/** The main diagonal of each matrix in the last two dims. @throws ShapeError for a rank below 2 */
export function diagPart(input: SymLike): Sym {
  const x = lift(input);
  if (x.rank < 2) throw new ShapeError(`diagPart: a value of rank ${x.rank}`);
  return diagonalOf(x);
}

export const doc: OpDoc = {
  summary: 'The diagonals of matrices.',
  forward: 'y_i = x_{i i}',
  gradient: { input: '\\bar y_i \\mathbb 1(i = j)' },
  source: 'the adjoint of taking elements is placing them',
};
