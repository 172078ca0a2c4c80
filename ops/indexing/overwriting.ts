/** Shared by ops that write values at indices. If several values have one index, the last is kept. */
import type { Dim, Shape, Sym, TensorType } from '../../engine/index.ts';
import { cast, DTypeError, fill, iota, product, reshape, select } from '../../engine/index.ts';
import { equal } from '../comparison/equal.ts';
import { greaterEqual } from '../comparison/greater-equal.ts';
import { requireSameShape } from '../shape/axis.ts';
import { gatherND } from './gather-nd.ts';
import { indexDepth, requireIndices } from './indices.ts';
import { scatterND } from './scatter-nd.ts';
import { sparseToDense } from './sparse-to-dense.ts';

/** For shape inference: requires one value for each index, of the shape of the slice at the index. @throws ShapeError, DTypeError */
export function requireUpdates(indices: TensorType, updates: TensorType, shape: Shape): void {
  requireIndices(indices);
  if (updates.dtype === 'complex64') throw new DTypeError('values of complex64');
  const expected = [...indices.shape.slice(0, -1), ...shape.slice(indexDepth(indices, shape.length))];
  requireSameShape(updates.shape, expected, 'the values and what the indices point at');
}

const depthOf = (indices: Sym): number => indices.shape.at(-1) as number;

/** A mask over indices, to be broadcast over the slices at them. */
const overSlices = (mask: Sym, slice: readonly Dim[]): Sym => reshape(mask, [...mask.shape, ...slice.map(() => 1)]);

/** For each possible index, the number of the last row of `indices` that equals it; -1 if there is none. */
function lastWriter(indices: Sym, shape: Shape): Sym {
  const count = product(indices.shape.slice(0, -1));
  const depth = depthOf(indices);
  return sparseToDense(reshape(indices, [count, depth]), iota(count), shape.slice(0, depth), fill([], -1, 'int32'));
}

/** Whether an element is written; broadcasts against the shape. */
export const written = (indices: Sym, shape: Shape): Sym =>
  overSlices(greaterEqual(lastWriter(indices, shape), fill([], 0, 'int32')), shape.slice(depthOf(indices)));

/** The values that are kept, with 0 in place of those that later values overwrite. */
export function staying(values: Sym, indices: Sym, shape: Shape): Sym {
  const lead = indices.shape.slice(0, -1);
  const stays = equal(gatherND(lastWriter(indices, shape), indices), reshape(iota(product(lead)), lead));
  return select(overSlices(stays, shape.slice(depthOf(indices))), values, fill([], 0, values.dtype));
}

/** The values at their indices, zeros elsewhere: a sum with at most one nonzero term per element. */
export function placed(values: Sym, indices: Sym, shape: Shape): Sym {
  const number = values.dtype === 'bool' ? cast(values, 'int32') : values;
  return cast(scatterND(indices, staying(number, indices, shape), shape), values.dtype);
}

/** The cotangent of the values: dy at their indices, 0 for overwritten values. */
export const fromPlaces = (dy: Sym, indices: Sym): Sym => staying(gatherND(dy, indices), indices, dy.shape);
