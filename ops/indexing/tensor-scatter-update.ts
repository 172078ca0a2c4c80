import {
  bools,
  DTypeError,
  defineOp,
  integers,
  lift,
  type OpDoc,
  type SampleOptions,
  type Sym,
  type SymLike,
  sample,
  select,
  uniform,
  values,
  ZERO,
} from '../../engine/index.ts';
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
 * The tensor with the updates written where indices point: an index is a row of `indices`, and an update a slice below it. Of
 * several updates of one place the last stays.
 * @throws ShapeError, DTypeError
 */
export function tensorScatterUpdate(tensor: SymLike, indices: SymLike, updates: SymLike): Sym {
  return TensorScatterUpdate.node({ tensor: lift(tensor), indices: toIndices(indices), updates: lift(updates) });
}

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
// tfjs's cpu kernel writes into its input, so that what it is given must be a copy
const options: SampleOptions = {
  build: ({ tensor, indices, updates }) => tensorScatterUpdate(tensor!, indices!, updates!),
  reference: (tf, [tensor, indices, updates]) =>
    tf.tensorScatterUpdate(
      tensor!.dtype === 'bool' ? tf.logicalNot(tf.logicalNot(tensor!)) : tf.mul(tensor!, tf.onesLike(tensor!)),
      indices as never,
      updates!,
    ),
  tfjs: (tf, [tensor, indices, updates]) => tf.tensorScatterUpdate(tensor!, indices as never, updates!),
  tfGradIsWrong: 'it has none',
};
export const samples = () => [
  sample({ tensor: uniform([4, 3]), indices: values([[1], [3]], 'int32'), updates: uniform([2, 3]) }, options),
  sample(
    { tensor: uniform([4, 2]), indices: values([[1], [3], [1]], 'int32'), updates: uniform([3, 2]) },
    { ...options, note: 'one index twice: the last update stays' },
  ),
  sample(
    {
      tensor: uniform([2, 3]),
      indices: values(
        [
          [0, 1],
          [1, 2],
        ],
        'int32',
      ),
      updates: uniform([2]),
    },
    { ...options, note: 'elements' },
  ),
  sample(
    {
      tensor: uniform([2, 2, 2]),
      indices: values(
        [
          [
            [0, 1],
            [1, 0],
          ],
          [
            [1, 1],
            [0, 1],
          ],
        ],
        'int32',
      ),
      updates: uniform([2, 2, 2]),
    },
    { ...options, note: 'rank 3, indices of rank 3' },
  ),
  sample(
    { tensor: uniform(['$n', 2]), indices: values([[1], [0]], 'int32'), updates: uniform([2, 2]) },
    { ...options, note: 'of unknown size' },
  ),
  sample(
    { tensor: uniform([5]), indices: integers(['$n', 1], 0, 5), updates: uniform(['$n']) },
    { ...options, note: 'an unknown number' },
  ),
  sample(
    { tensor: uniform([3]), indices: integers([0, 1], 0, 3), updates: uniform([0]) },
    { ...options, note: 'no update' },
  ),
  sample(
    { tensor: integers([4], -5, 5), indices: integers([2, 1], 0, 4), updates: integers([2], -5, 5) },
    { ...options, notDifferentiable: 'integers' },
  ),
  sample(
    { tensor: bools([4]), indices: values([[0], [3]], 'int32'), updates: bools([2]) },
    { ...options, notDifferentiable: 'bools' },
  ),
];
