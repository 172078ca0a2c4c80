/** Sums of weights by value, for the counting ops. */
import type { Dim, Sym, TensorType } from '../../engine/index.ts';
import {
  cast,
  DTypeError,
  dim,
  dimValue,
  fill,
  iota,
  product,
  requireEqual,
  reshape,
  select,
} from '../../engine/index.ts';
import { greater } from '../comparison/greater.ts';
import { less } from '../comparison/less.ts';
import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { requireIndices } from './indices.ts';
import { unsortedSegmentSum } from './unsorted-segment-sum.ts';

/** Whether all weights are 1, which empty weights mean. */
const unweighted = (x: TensorType, weights: TensorType): boolean =>
  product(weights.shape) === 0 && product(x.shape) !== 0;

/** For shape inference: requires int32 elements, and one weight for each element or none. @throws DTypeError, ShapeError */
export function requireCountable(x: TensorType, weights: TensorType): void {
  requireIndices(x, 'what is counted');
  if (weights.dtype !== 'float32' && weights.dtype !== 'int32') throw new DTypeError(`weights of ${weights.dtype}`);
  if (!unweighted(x, weights))
    requireEqual(product(x.shape), product(weights.shape), 'the number of elements and of weights');
}

/** For each of `rows` rows of x, the sums of the weights of each integer below `size`; other integers are ignored. */
export function sumsByValue(x: Sym, weights: Sym, rows: Dim, size: Dim): Sym {
  const n = product(x.shape);
  const given = unweighted(x, weights) ? fill([n], 1, weights.dtype) : reshape(weights, [n]);
  const starts = mul(iota(rows), dimValue(size, 'int32'));
  const ids = select(less(x, dimValue(size, 'int32')), x, fill([], -1, 'int32'));
  const placed = select(less(ids, fill([], 0, 'int32')), ids, rows === 1 ? ids : add(ids, reshape(starts, [rows, 1])));
  return reshape(unsortedSegmentSum(given, reshape(placed, [n]), dim.mul(rows, size)), [rows, size]);
}

/** Whether each integer occurs in a row, as 0 or 1. */
export function occurrences(x: Sym, dtype: TensorType['dtype'], rows: Dim, size: Dim): Sym {
  const none = fill([0], 0, 'int32');
  return cast(greater(sumsByValue(x, none, rows, size), fill([], 0, 'int32')), dtype);
}
