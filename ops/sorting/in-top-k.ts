import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { cast, DTypeError, fill, iota, lift, reshape, ShapeError, select, sumAxes } from '../../engine/index.ts';
import { equal } from '../comparison/equal.ts';
import { greaterEqual } from '../comparison/greater-equal.ts';
import { less } from '../comparison/less.ts';
import { logicalAnd } from '../comparison/logical-and.ts';
import { logicalNot } from '../comparison/logical-not.ts';
import { logicalOr } from '../comparison/logical-or.ts';
import { toIndices } from '../indexing/indices.ts';
import { any } from '../reduction/any.ts';
import { requireSameShape } from '../shape/axis.ts';

/**
 * Whether the target's prediction is among the k largest of its row, as tf.inTopKAsync, but synchronously. In a tie, the first elements
 * count as larger; false for a target that is not a position of the row.
 * @throws ShapeError, DTypeError
 */
export function inTopK(predictions: SymLike, targets: SymLike, k = 1): Sym {
  const p = lift(predictions);
  const target = toIndices(targets);
  if (p.dtype !== 'float32') throw new DTypeError(`inTopK: predictions of ${p.dtype}, not float32`);
  if (target.dtype !== 'int32') throw new DTypeError(`inTopK: targets of ${target.dtype}, not int32`);
  if (p.rank < 2) throw new ShapeError(`inTopK: predictions of rank ${p.rank}; it takes rows of them`);
  requireSameShape(p.shape.slice(0, -1), target.shape, 'the rows of predictions and the targets');
  const n = p.shape.at(-1)!;
  if (!(k > 0) || (typeof n === 'number' && k > n)) throw new ShapeError(`inTopK: the ${k} largest of ${n}`);
  const last = [p.rank - 1];
  const at = reshape(target, [...target.shape, 1]);
  const position = iota(n);
  const isTarget = equal(position, at);
  const chosen = sumAxes(select(isTarget, p, fill([], 0)), last, true);
  // counts what does not come after the target: NaN comes first, as in topk; a NaN target gives false
  const after = logicalOr(less(p, chosen), logicalAnd(equal(p, chosen), greaterEqual(position, at)));
  const rank = sumAxes(cast(logicalNot(after), 'int32'), last, false);
  return logicalAnd(less(rank, fill([], k, 'int32')), any(isTarget, last));
}

export const doc: OpDoc = {
  summary: 'Whether targets are among the largest predictions.',
  forward: 'y = \\mathbb 1(|\\{ j : p_j > p_t \\}| + |\\{ j < t : p_j = p_t \\}| < k)',
  gradient: { predictions: 'zero', targets: 'zero' },
  source: 'a comparison carries no gradient',
};
