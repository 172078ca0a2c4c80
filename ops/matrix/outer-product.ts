import { lift, type OpDoc, reshape, ShapeError, type Sym, type SymLike } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';

/** The products of all elements of one vector with all of another. @throws ShapeError for a rank other than 1 */
export function outerProduct(v1: SymLike, v2: SymLike): Sym {
  const a = lift(v1);
  const b = lift(v2);
  if (a.rank !== 1 || b.rank !== 1) throw new ShapeError(`outerProduct: ranks ${a.rank} and ${b.rank}, not 1`);
  return mul(reshape(a, [a.shape[0]!, 1]), b);
}

export const doc: OpDoc = {
  summary: 'The outer product of two vectors.',
  forward: 'Y = a b^\\top',
  gradient: { v1: '\\bar Y b', v2: '\\bar Y^\\top a' },
  source: 'Auddy, eq. (18): the gradient of a matrix is an outer product',
};
