import { formatShape, product, reshape, ShapeError, type Sym } from '../../engine/index.ts';

/** All of an example's values in one row: [batch, ...] to [batch, n], as between convolutions and `dense`. @throws ShapeError */
export function flatten(x: Sym): Sym {
  if (x.rank < 1)
    throw new ShapeError(`flatten: an input of rank 1 or more is expected, and this one is ${formatShape(x.shape)}`);
  const [batch, ...rest] = x.shape;
  return reshape(x, [batch!, product(rest)]);
}
