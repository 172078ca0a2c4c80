import {
  attr,
  bools,
  broadcastTo,
  cast,
  type DimLike,
  DTypeError,
  defineOp,
  integers,
  lift,
  type OpDoc,
  reshape,
  type SampleOptions,
  ShapeError,
  type Sym,
  type SymLike,
  sample,
  sumAxes,
  toShape,
  uniform,
  values,
  ZERO,
} from '../../engine/index.ts';
import { logicalNot } from '../comparison/logical-not.ts';
import { gate } from '../elementwise/unary.ts';
import { toIndices } from './indices.ts';
import { fromPlaces, requireUpdates, written } from './overwriting.ts';

/** tfjs's kernel takes an index in each row of `sparseIndices`, and values that are slices too. */
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
 * A value of a shape that holds `sparseValues` (one for each index, or one for all) where `sparseIndices` point, and
 * `defaultValue` elsewhere. An index is a row; indices into a vector may be a vector. Of several values for one place the last
 * stays.
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
const tfGradIsWrong = 'it has none';
const row = (shape: number[]): SampleOptions => ({
  build: ({ indices, v, d }) => sparseToDense(indices!, v!, shape, d),
  reference: (tf, [indices, v, d]) => tf.sparseToDense(indices as never, v!, shape, d as never),
  tfGradIsWrong,
});
const ELEMENTS = [
  [0, 1],
  [2, 3],
  [1, 1],
];
export const samples = () => [
  sample({ indices: values([1, 3, 0], 'int32'), v: uniform([3]), d: uniform([]) }, row([5])),
  sample({ indices: values(ELEMENTS, 'int32'), v: uniform([3]), d: uniform([]) }, { ...row([3, 4]), note: 'elements' }),
  sample(
    { indices: values([1, 3, 1, 1], 'int32'), v: uniform([4]), d: uniform([]) },
    { ...row([5]), note: 'one index three times: the last value stays' },
  ),
  sample(
    { indices: values([1, 3], 'int32'), v: uniform([]), d: uniform([]) },
    { ...row([5]), note: 'one value for all' },
  ),
  sample({ indices: values(2, 'int32'), v: uniform([]), d: uniform([]) }, { ...row([4]), note: 'one index' }),
  sample(
    { indices: values([1, 3], 'int32'), v: uniform([2]) },
    {
      build: ({ indices, v }) => sparseToDense(indices!, v!, [4]),
      reference: (tf, [indices, v]) => tf.sparseToDense(indices as never, v!, [4]),
      tfGradIsWrong,
      note: 'zeros elsewhere',
    },
  ),
  sample(
    { indices: values([[1], [0]], 'int32'), v: uniform([2, '$n']), d: uniform([]) },
    {
      build: ({ indices, v, d }) => sparseToDense(indices!, v!, [3, '$n'], d),
      reference: (tf, [, v, d]) =>
        tf.concat([tf.slice(v!, 1, 1), tf.slice(v!, 0, 1), tf.fill([1, 2], 1).mul(d!)] as never, 0),
      tfjs: (tf, [indices, v, d]) => tf.sparseToDense(indices as never, v!, [3, v!.shape[1]!], d as never),
      tfGradIsWrong,
      note: 'rows, which tf does not take',
    },
  ),
  sample(
    { indices: integers(['$n', 1], 0, 4), v: uniform(['$n']), d: uniform([]) },
    { ...row([4]), note: 'an unknown number' },
  ),
  sample({ indices: integers([0], 0, 4), v: uniform([0]), d: uniform([]) }, { ...row([3]), note: 'no index' }),
  sample(
    { indices: values([1, 3], 'int32'), v: integers([2], -5, 5), d: integers([], -5, 5) },
    { ...row([5]), notDifferentiable: 'integers' },
  ),
  sample(
    { indices: values([1, 3], 'int32'), v: bools([2]), d: values(true, 'bool') },
    { ...row([5]), notDifferentiable: 'bools' },
  ),
];
