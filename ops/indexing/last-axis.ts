/** Gathers elements along the last axis with indices for each row, and the adjoint scatter. */
import { dimValue, iota, product, reshape, type Sym } from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { gather } from './gather.ts';
import { scatterND } from './scatter-nd.ts';

/** Converts indices along a last axis of size `n` to indices into all elements. */
function flatPositions(indices: Sym, n: Sym['shape'][number]): Sym {
  const rows = product(indices.shape.slice(0, -1));
  const starts = mul(reshape(iota(rows), [rows, 1]), dimValue(n, 'int32'));
  const flat = add(starts, reshape(indices, [rows, indices.shape.at(-1)!]));
  return reshape(flat, [product(flat.shape)]);
}

/** Selects elements of each row of x: `y[..., j] = x[..., indices[..., j]]`. */
export function takeAlongLast(x: Sym, indices: Sym): Sym {
  const flat = reshape(x, [product(x.shape)]);
  return reshape(gather(flat, flatPositions(indices, x.shape.at(-1)!)), indices.shape);
}

/** Zeros of a shape, to which the values are added at the indices in each row: the adjoint of `takeAlongLast`. */
export function addAlongLast(values: Sym, indices: Sym, shape: Sym['shape']): Sym {
  const flat = reshape(values, [product(values.shape)]);
  return reshape(scatterND(flatPositions(indices, shape.at(-1)!), flat, [product(shape)]), shape);
}
