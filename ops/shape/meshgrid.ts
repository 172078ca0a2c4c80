import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { AttributeError, broadcastTo, lift, product, reshape } from '../../engine/index.ts';

/**
 * The coordinates of a grid: x varies along the columns and y along the rows ('xy', the default), or vice versa ('ij'). Both become
 * vectors. Without y the result is [x], without arguments it is empty.
 * @throws AttributeError for another kind of indexing
 */
export function meshgrid(
  x?: SymLike,
  y?: SymLike,
  { indexing = 'xy' }: { readonly indexing?: 'xy' | 'ij' } = {},
): readonly Sym[] {
  if (indexing !== 'xy' && indexing !== 'ij')
    throw new AttributeError(`meshgrid: indexing '${indexing}', not xy or ij`);
  if (x === undefined) return [];
  const across = lift(x);
  if (y === undefined) return [across];
  const down = lift(y);
  const [w, h] = [product(across.shape), product(down.shape)];
  return indexing === 'xy'
    ? [broadcastTo(reshape(across, [1, w]), [h, w]), broadcastTo(reshape(down, [h, 1]), [h, w])]
    : [broadcastTo(reshape(across, [w, 1]), [w, h]), broadcastTo(reshape(down, [1, h]), [w, h])];
}

export const doc: OpDoc = {
  summary: 'The coordinates of a grid.',
  forward: 'X_{i j} = x_j, \\; Y_{i j} = y_i',
  gradient: { x: '\\sum_i \\bar X_{i j}', y: '\\sum_j \\bar Y_{i j}' },
  source: 'a broadcast: its adjoint is a sum',
};
