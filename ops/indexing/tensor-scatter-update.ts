import { DTypeError, defineOp, lift, type OpDoc, type Sym, type SymLike, select, ZERO } from '../../engine/index.ts';
import { logicalNot } from '../comparison/logical-not.ts';
import { gate } from '../elementwise/unary.ts';
import { toIndices } from './indices.ts';
import { fromPlaces, placed, requireUpdates, written } from './overwriting.ts';

export const TensorScatterUpdate = defineOp({
  name: 'TensorScatterUpdate',
  inputs: ['tensor', 'indices', 'updates'],
  infer: ({ tensor, indices, updates }) => {
    requireUpdates(indices, updates, tensor.shape);
    if (tensor.dtype !== updates.dtype) throw new DTypeError(`updates of ${updates.dtype} to ${tensor.dtype}`);
    return [tensor];
  },
  lowering: [
    { kind: 'kernel' },
    {
      kind: 'composite',
      expand: ({ tensor, indices, updates }) =>
        select(written(indices, tensor.shape), placed(updates, indices, tensor.shape), tensor),
    },
  ],
  traits: { routes: { tensor: 'part', updates: 'part' } },
  gradient: {
    tensor: ({ tensor, indices }, { dy }) => gate(logicalNot(written(indices, tensor.shape)), dy),
    indices: ZERO,
    updates: ({ indices }, { dy }) => fromPlaces(dy, indices),
  },
});

/**
 * The tensor with each update written at its index. An index is a row of `indices`, an update the slice at it. If several updates have one
 * index, the last is kept.
 * @throws ShapeError, DTypeError
 */
export const tensorScatterUpdate = (tensor: SymLike, indices: SymLike, updates: SymLike): Sym =>
  TensorScatterUpdate.node({ tensor: lift(tensor), indices: toIndices(indices), updates: lift(updates) });

export const doc: OpDoc = {
  summary: 'Values written over those of a tensor, where indices point.',
  forward: 'y_{k_i} = u_i, \\; y_j = x_j \\text{ elsewhere}',
  gradient: {
    tensor: '\\bar y_j \\text{ where } j \\ne k_i \\forall i \\text{, else } 0',
    indices: 'zero',
    updates: '\\bar y_{k_i} \\text{, and } 0 \\text{ for an update that a later one overwrites}',
  },
  source: 'the adjoint of placing elements is taking them back; convention: the last update of a place stays',
};
