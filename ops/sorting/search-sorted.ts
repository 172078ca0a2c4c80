import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import {
  attr,
  cast,
  DTypeError,
  defineOp,
  lift,
  product,
  requireEqual,
  reshape,
  ShapeError,
  sumAxes,
  upcast,
  ZERO,
} from '../../engine/index.ts';
import { less } from '../comparison/less.ts';
import { lessEqual } from '../comparison/less-equal.ts';

const SIDES = ['left', 'right'] as const;
type Side = (typeof SIDES)[number];

/** Searches row by row: for each element of a row of `values`, the position in the same row of `sortedSequence`. */
export const SearchSorted = defineOp({
  name: 'SearchSorted',
  inputs: ['sortedSequence', 'values'],
  attrs: { side: attr.oneOf(SIDES, 'left') },
  infer: ({ sortedSequence, values }) => {
    if (sortedSequence.dtype !== values.dtype)
      throw new DTypeError(`${values.dtype} in a sequence of ${sortedSequence.dtype}`);
    if (values.dtype !== 'float32' && values.dtype !== 'int32') throw new DTypeError(`a sequence of ${values.dtype}`);
    if (sortedSequence.shape.length !== 2 || values.shape.length !== 2)
      throw new ShapeError(`ranks ${sortedSequence.shape.length} and ${values.shape.length}, not 2`);
    requireEqual(sortedSequence.shape[0]!, values.shape[0]!, 'the number of sequences and of rows of values');
    return [{ dtype: 'int32', shape: values.shape }];
  },
  lowering: [
    { kind: 'kernel' },
    {
      // counts the sequence's elements that come before each value
      kind: 'composite',
      expand: ({ sortedSequence, values }, { side }) => {
        const [rows, n] = sortedSequence.shape;
        const sequence = reshape(sortedSequence, [rows!, 1, n!]);
        const element = reshape(values, [...values.shape, 1]);
        return sumAxes(cast((side === 'left' ? less : lessEqual)(sequence, element), 'int32'), [2], false);
      },
    },
  ],
  gradient: { sortedSequence: ZERO, values: ZERO },
});

/**
 * The position of each value in a sorted sequence, the last axis: before equal elements ('left') or after them ('right'). The leading
 * dimensions of both are equal, or the sequence is a vector for all values.
 * @throws ShapeError, DTypeError
 */
export function searchSorted(sortedSequence: SymLike, values: SymLike, side: Side = 'left'): Sym {
  const given = lift(sortedSequence);
  const wanted = lift(values);
  if (given.rank === 0) throw new ShapeError('searchSorted: a scalar is no sequence');
  const dtype = upcast('int32', upcast(given.dtype, wanted.dtype));
  const n = given.shape.at(-1)!;
  const leading = given.shape.slice(0, -1);
  const m = wanted.shape.at(-1) ?? 1;
  // for a vector, all values are searched as one row
  const rows = product(leading);
  const columns = given.rank === 1 ? product(wanted.shape) : m;
  if (given.rank > 1 && wanted.rank !== given.rank)
    throw new ShapeError(`searchSorted: a sequence of rank ${given.rank} and values of rank ${wanted.rank}`);
  const positions = SearchSorted.node(
    { sortedSequence: reshape(cast(given, dtype), [rows, n]), values: reshape(cast(wanted, dtype), [rows, columns]) },
    { side },
  );
  return reshape(positions, wanted.shape);
}

/** `searchSorted` with 'left': the first position whose element is not less than the value. @throws ShapeError, DTypeError */
export const lowerBound = (sortedSequence: SymLike, values: SymLike): Sym =>
  searchSorted(sortedSequence, values, 'left');

/** `searchSorted` with 'right': the first position whose element is greater than the value. @throws ShapeError, DTypeError */
export const upperBound = (sortedSequence: SymLike, values: SymLike): Sym =>
  searchSorted(sortedSequence, values, 'right');

export const doc: OpDoc = {
  summary: 'Positions in sorted sequences.',
  forward: 'y = |\\{ i : s_i < v \\}| \\text{ (left)}, \\; |\\{ i : s_i \\le v \\}| \\text{ (right)}',
  gradient: { sortedSequence: 'zero', values: 'zero' },
  source: 'an index carries no gradient',
};
