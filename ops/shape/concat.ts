import type { Dim, OpDoc, Sym, SymLike, TensorType } from '../../engine/index.ts';
import {
  attr,
  cast,
  DTypeError,
  defineOp,
  dim,
  isZeroCotangent,
  lift,
  ShapeError,
  upcast,
  zeroCotangent,
} from '../../engine/index.ts';
import { ofRank, requireSameShape, toAxis, withItem } from './axis.ts';
import { slice } from './slice.ts';

const along = (inputs: readonly TensorType[], axis: number): Dim =>
  inputs.map((x) => x.shape[axis]!).reduce((total, d) => dim.add(total, d));

export const Concat = defineOp({
  name: 'Concat',
  inputs: ['...inputs'],
  attrs: { axis: attr.int() },
  infer: ({ inputs }, { axis }) => {
    const [first] = inputs;
    if (first === undefined) throw new ShapeError('nothing to join');
    const { dtype, shape } = first;
    toAxis(axis, shape.length);
    for (const x of inputs) {
      if (x.dtype !== dtype) throw new DTypeError(`parts of ${dtype} and ${x.dtype}`);
      requireSameShape(shape, x.shape, 'the parts', axis);
    }
    return [{ dtype, shape: withItem(shape, axis, along(inputs, axis)) }];
  },
  lowering: [{ kind: 'kernel' }],
  traits: { partwise: true, routes: { inputs: 'whole' } },
  simplify: ({ inputs }, { axis }): Sym | undefined => {
    if (inputs.length === 1) return inputs[0];
    const [{ dtype, shape }] = inputs as readonly [Sym];
    if (inputs.every(isZeroCotangent))
      return zeroCotangent({ dtype, shape: withItem(shape, axis, along(inputs, axis)) });
    const full = inputs.filter((x) => x.shape[axis] !== 0);
    return full.length > 0 && full.length < inputs.length ? concat(full, axis) : undefined;
  },
  gradient: {
    inputs: ({ inputs }, { dy, attrs: { axis } }) => {
      let at: Dim = 0;
      return inputs.map((x) => {
        const begin = x.shape.map((_, i) => (i === axis ? at : 0));
        at = dim.add(at, x.shape[axis]!);
        return slice(dy, begin, x.shape);
      });
    },
  },
});

/** Concatenates values along an existing axis; the dtype is the largest of theirs. @throws ShapeError */
export function concat(tensors: readonly SymLike[], axis = 0): Sym {
  const parts = tensors.map((x) => lift(x));
  const [first] = parts;
  if (first === undefined) throw new ShapeError('nothing to join');
  const dtype = parts.map((x) => x.dtype).reduce(upcast);
  return Concat.node({ inputs: parts.map((x) => cast(x, dtype)) }, { axis: toAxis(axis, first.rank) });
}

const allOfRank = (tensors: readonly SymLike[], rank: number): readonly Sym[] =>
  tensors.map((x) => ofRank(x, rank, `concat${rank}d`));

/** `concat` of vectors. @throws ShapeError for another rank */
export const concat1d = (tensors: readonly SymLike[]): Sym => concat(allOfRank(tensors, 1));

/** `concat` of matrices. @throws ShapeError for another rank */
export const concat2d = (tensors: readonly SymLike[], axis: number): Sym => concat(allOfRank(tensors, 2), axis);

/** `concat` of values of rank 3. @throws ShapeError for another rank */
export const concat3d = (tensors: readonly SymLike[], axis: number): Sym => concat(allOfRank(tensors, 3), axis);

/** `concat` of values of rank 4. @throws ShapeError for another rank */
export const concat4d = (tensors: readonly SymLike[], axis: number): Sym => concat(allOfRank(tensors, 4), axis);

export const doc: OpDoc = {
  summary: 'Values joined along an axis.',
  forward: 'y = [x_1 \\; x_2 \\; \\dots]',
  gradient: { inputs: '[\\bar y_1, \\bar y_2, \\dots], \\text{ the parts of } \\bar y' },
  source: 'the adjoint of joining is taking apart',
};
