/** Elements by their positions along the last axis: one index for each element taken, in every row. */
import { dimValue, iota, product, reshape, type Sym } from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { gather } from './gather.ts';
import { scatterND } from './scatter-nd.ts';

/** Positions in the last axis of a value with `n` elements along it, as positions among all of its elements. */
function flatPositions(indices: Sym, n: Sym['shape'][number]): Sym {
  const rows = product(indices.shape.slice(0, -1));
  const starts = mul(reshape(iota(rows), [rows, 1]), dimValue(n, 'int32'));
  const flat = add(starts, reshape(indices, [rows, indices.shape.at(-1)!]));
  return reshape(flat, [product(flat.shape)]);
}

/** What the indices choose in each row of x: `y[..., j] = x[..., indices[..., j]]`. */
export function takeAlongLast(x: Sym, indices: Sym): Sym {
  const flat = reshape(x, [product(x.shape)]);
  return reshape(gather(flat, flatPositions(indices, x.shape.at(-1)!)), indices.shape);
}

/** Zeros of a shape, with the values added where the indices point in each row: the adjoint of `takeAlongLast`. */
export function addAlongLast(values: Sym, indices: Sym, shape: Sym['shape']): Sym {
  const flat = reshape(values, [product(values.shape)]);
  return reshape(scatterND(flatPositions(indices, shape.at(-1)!), flat, [product(shape)]), shape);
}
