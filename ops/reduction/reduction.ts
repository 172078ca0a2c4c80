/** What reductions share. */
import {
  type DType,
  DTypeError,
  distinct,
  lift,
  reducedShape,
  requireAxes,
  reshape,
  type Sample,
  type SampleOptions,
  type Sym,
  type SymLike,
  sample,
  type TensorType,
  uniform,
} from '../../engine/index.ts';
import { type Axes, toAxes } from '../shape/axis.ts';

/** The type of a reduction. @throws DTypeError, ShapeError */
export function inferReduction(
  x: TensorType,
  axis: readonly number[],
  keepDims: boolean,
  allowed: readonly DType[] = ['float32', 'int32'],
): readonly TensorType[] {
  if (!allowed.includes(x.dtype)) throw new DTypeError(`x is ${x.dtype}, not ${allowed.join(' or ')}`);
  requireAxes(axis, x.shape.length);
  return [{ dtype: x.dtype, shape: reducedShape(x.shape, axis, keepDims) }];
}

/** A result, or its cotangent, with 1 in place of each reduced axis: broadcasts against the reduced value. */
export const kept = (y: Sym, x: Sym, axis: readonly number[]): Sym => reshape(y, reducedShape(x.shape, axis, true));

/** Of a reduction that leaves a single element as it is: over axes of size 1, it is a reshape. */
export const ofSingles = (x: Sym, axis: readonly number[], keepDims: boolean): Sym | undefined =>
  axis.every((a) => x.shape[a] === 1) ? reshape(x, reducedShape(x.shape, axis, keepDims)) : undefined;

/** The node of a reduction; nothing to reduce is the value itself. */
export function reduce(x: SymLike, axes: Axes, node: (x: Sym, axis: readonly number[]) => Sym): Sym {
  const sym = lift(x);
  const axis = toAxes(axes, sym.rank);
  return axis.length === 0 ? sym : node(sym, axis);
}

type Build = (x: Sym, axis?: Axes, keepDims?: boolean) => Sym;
interface TfOps {
  readonly reference: (axis: Axes | undefined, keepDims?: boolean) => NonNullable<SampleOptions['reference']>;
}

/**
 * Rows of a reduction of floats: one axis, several, all, kept, negative, none; no elements in what is kept; distinct
 * ones.
 */
export function reductionSamples(
  build: Build,
  { reference }: TfOps,
  negativeAxis: SampleOptions = {},
): readonly Sample[] {
  const row = (x: Sample['inputs'], axis: Axes | undefined, keepDims?: boolean, more: SampleOptions = {}): Sample =>
    sample(x, {
      build: (inputs) => build(inputs.x!, axis, keepDims),
      reference: reference(axis, keepDims),
      ...more,
    });
  return [
    row({ x: distinct(['$n', 3]) }, 1),
    row({ x: distinct(['$n', 3]) }, 0, false, { note: 'the unknown axis' }),
    row({ x: distinct(['$n', 3]) }, undefined, false, { note: 'all axes' }),
    row({ x: distinct([2, '$n', 3]) }, [0, -1], true, { ...negativeAxis, note: 'kept, a negative axis' }),
    row({ x: distinct([2, 3, 2, 2]) }, [1, 2], false, { note: 'inner axes' }),
    row({ x: distinct([2, 1, 3]) }, 1, false, { note: 'an axis of size 1' }),
    row({ x: distinct([]) }, undefined, false, { note: 'a scalar' }),
    row({ x: uniform([0, 3]) }, 1, false, { note: 'zero elements' }),
  ];
}
