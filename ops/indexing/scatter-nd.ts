import type { DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, DTypeError, defineOp, lift, reshape, toShape, ZERO } from '../../engine/index.ts';
import { requireSameShape } from '../shape/axis.ts';
import { gatherND } from './gather-nd.ts';
import { indexDepth, requireIndices, toIndices } from './indices.ts';

export const ScatterNd = defineOp({
  name: 'ScatterNd',
  inputs: ['indices', 'updates'],
  attrs: { shape: attr.shape() },
  infer: ({ indices, updates }, { shape }) => {
    requireIndices(indices);
    if (updates.dtype === 'bool') throw new DTypeError(`a sum of ${updates.dtype}`);
    const expected = [...indices.shape.slice(0, -1), ...shape.slice(indexDepth(indices, shape.length))];
    requireSameShape(updates.shape, expected, 'the updates and what the indices point at');
    return [{ dtype: updates.dtype, shape }];
  },
  lowering: [{ kind: 'kernel' }],
  traits: { linear: ['updates'], partwise: true, routes: { updates: 'whole' } },
  gradient: { indices: ZERO, updates: ({ indices }, { dy }) => gatherND(dy, indices) },
});

/**
 * Zeros of a shape, to which each update is added at its index. An index is a row of `indices`, an update the slice at it.
 * @throws ShapeError, DTypeError
 */
export function scatterND(indices: SymLike, updates: SymLike, shape: readonly DimLike[]): Sym {
  const at = toIndices(indices);
  const rows = at.rank === 1 ? reshape(at, [at.shape[0]!, 1]) : at;
  return ScatterNd.node({ indices: rows, updates: lift(updates) }, { shape: toShape(shape) });
}

export const doc: OpDoc = {
  summary: 'Values added into zeros, where indices point.',
  forward: 'y_j = \\sum_{i : \\, k_i = j} u_i',
  gradient: { indices: 'zero', updates: '\\bar y_{k_i}' },
  source: 'the adjoint of taking by index is adding by index',
};
