/** The layer `flatten`. */
import { formatShape, product, reshape, ShapeError, type Sym } from '../../engine/index.ts';

/** Reshapes [batch, ...] to [batch, n], for example between convolutions and `dense`. @throws ShapeError */
export function flatten(x: Sym): Sym {
  if (x.rank < 1)
    throw new ShapeError(`flatten: an input of rank 1 or more is expected, and this one is ${formatShape(x.shape)}`);
  const [batch, ...rest] = x.shape;
  return reshape(x, [batch!, product(rest)]);
}
