/** What ops that write values where indices point share. Of several values for one place the last stays. */
import type { Dim, Shape, Sym, TensorType } from '../../engine/index.ts';
import { cast, DTypeError, fill, iota, product, reshape, select } from '../../engine/index.ts';
import { equal } from '../comparison/equal.ts';
import { greaterEqual } from '../comparison/greater-equal.ts';
import { requireSameShape } from '../shape/axis.ts';
import { gatherND } from './gather-nd.ts';
import { indexDepth, requireIndices } from './indices.ts';
import { scatterND } from './scatter-nd.ts';
import { sparseToDense } from './sparse-to-dense.ts';

/** For shape inference: requires a value for each index, of the shape of what an index points at. @throws ShapeError, DTypeError */
export function requireUpdates(indices: TensorType, updates: TensorType, shape: Shape): void {
  requireIndices(indices);
  if (updates.dtype === 'complex64') throw new DTypeError('values of complex64');
  const expected = [...indices.shape.slice(0, -1), ...shape.slice(indexDepth(indices, shape.length))];
  requireSameShape(updates.shape, expected, 'the values and what the indices point at');
}

const depthOf = (indices: Sym): number => indices.shape.at(-1) as number;

/** A mask with 1s for the dims of what an index points at. */
const overSlices = (mask: Sym, slice: readonly Dim[]): Sym => reshape(mask, [...mask.shape, ...slice.map(() => 1)]);

/** For each place that an index can point at, the number of the index that stays there; -1 where none points. */
function lastWriter(indices: Sym, shape: Shape): Sym {
  const count = product(indices.shape.slice(0, -1));
  const depth = depthOf(indices);
  return sparseToDense(reshape(indices, [count, depth]), iota(count), shape.slice(0, depth), fill([], -1, 'int32'));
}

/** Whether a place, with all that is below it, is written; broadcasts against the shape. */
export const written = (indices: Sym, shape: Shape): Sym =>
  overSlices(greaterEqual(lastWriter(indices, shape), fill([], 0, 'int32')), shape.slice(depthOf(indices)));

/** The values that stay, 0 in place of those that later ones overwrite. */
export function staying(values: Sym, indices: Sym, shape: Shape): Sym {
  const lead = indices.shape.slice(0, -1);
  const stays = equal(gatherND(lastWriter(indices, shape), indices), reshape(iota(product(lead)), lead));
  return select(overSlices(stays, shape.slice(depthOf(indices))), values, fill([], 0, values.dtype));
}

/** Values where indices point, zeros elsewhere: a sum, of which one term at most is not 0. */
export function placed(values: Sym, indices: Sym, shape: Shape): Sym {
  const number = values.dtype === 'bool' ? cast(values, 'int32') : values;
  return cast(scatterND(indices, staying(number, indices, shape), shape), values.dtype);
}

/** The cotangent of the values: what comes from where they stayed. */
export const fromPlaces = (dy: Sym, indices: Sym): Sym => staying(gatherND(dy, indices), indices, dy.shape);
