import type { DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import {
  attr,
  broadcastTo,
  cast,
  DTypeError,
  defineOp,
  lift,
  reshape,
  ShapeError,
  sumAxes,
  toShape,
  ZERO,
} from '../../engine/index.ts';
import { logicalNot } from '../comparison/logical-not.ts';
import { gate } from '../elementwise/unary.ts';
import { toIndices } from './indices.ts';
import { fromPlaces, requireUpdates, written } from './overwriting.ts';

/** As in tfjs's kernel, each row of `sparseIndices` is an index, and the values may be slices. */
export const SparseToDense = defineOp({
  name: 'SparseToDense',
  inputs: ['sparseIndices', 'sparseValues', 'defaultValue'],
  attrs: { outputShape: attr.shape() },
  infer: ({ sparseIndices, sparseValues, defaultValue }, { outputShape }) => {
    requireUpdates(sparseIndices, sparseValues, outputShape);
    if (defaultValue.dtype !== sparseValues.dtype)
      throw new DTypeError(`values of ${sparseValues.dtype} and a default of ${defaultValue.dtype}`);
    if (defaultValue.shape.length !== 0) throw new ShapeError(`a default value of rank ${defaultValue.shape.length}`);
    return [{ dtype: sparseValues.dtype, shape: outputShape }];
  },
  lowering: [{ kind: 'kernel' }],
  traits: { routes: { sparseValues: 'part', defaultValue: 'whole' } },
  gradient: {
    sparseIndices: ZERO,
    sparseValues: ({ sparseIndices }, { dy }) => fromPlaces(dy, sparseIndices),
    defaultValue: ({ sparseIndices }, { dy }) =>
      sumAxes(
        gate(logicalNot(written(sparseIndices, dy.shape)), dy),
        dy.shape.map((_, i) => i),
        false,
      ),
  },
});

/**
 * A value of shape `outputShape` with `sparseValues` (one for each index, or one for all) at `sparseIndices`, and `defaultValue` elsewhere.
 * An index is a row; indices into a vector may be a vector. If several values have one index, the last is kept.
 * @throws ShapeError, DTypeError
 */
export function sparseToDense(
  sparseIndices: SymLike,
  sparseValues: SymLike,
  outputShape: readonly DimLike[],
  defaultValue: SymLike = 0,
): Sym {
  const at = toIndices(sparseIndices);
  const rows = at.rank < 2 ? reshape(at, [at.shape[0] ?? 1, 1]) : at;
  const given = lift(sparseValues);
  const shape = toShape(outputShape);
  const full = given.rank === 0 ? broadcastTo(given, rows.shape.slice(0, -1)) : given;
  const rest = typeof defaultValue === 'number' ? cast(lift(defaultValue), given.dtype) : lift(defaultValue);
  return SparseToDense.node({ sparseIndices: rows, sparseValues: full, defaultValue: rest }, { outputShape: shape });
}

export const doc: OpDoc = {
  summary: 'Values written where indices point, a default elsewhere.',
  forward: 'y_{k_i} = v_i, \\; y_j = d \\text{ elsewhere}',
  gradient: {
    sparseIndices: 'zero',
    sparseValues: '\\bar y_{k_i} \\text{, and } 0 \\text{ for a value that a later one overwrites}',
    defaultValue: '\\sum_{j : \\, j \\ne k_i \\forall i} \\bar y_j',
  },
  source: 'the adjoint of placing elements is taking them back; convention: the last value of a place stays',
};
