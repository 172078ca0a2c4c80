/** The geometry of pooling windows: checks attributes and infers types for an input's shape. */
import type { Dim, Shape, TensorType } from '../../engine/index.ts';
import { AttributeError, DTypeError, dim, requireAtLeast, ShapeError } from '../../engine/index.ts';
import { type Padding, type Pair, place, type Rounding } from '../convolution/geometry.ts';
import { requireSameShape, withItem } from '../shape/axis.ts';

export interface PoolAttrs {
  readonly filterSize: readonly number[];
  readonly strides: readonly number[];
  readonly pad: Padding;
  readonly dimRoundingMode?: Rounding | undefined;
  readonly dataFormat?: DataFormat | undefined;
  readonly dilations: readonly number[];
}
/** The position of a volume's channels. */
export type DataFormat = 'NDHWC' | 'NCDHW';
/** Attributes of a pooling over height and width. */
export type ImageAttrs = Omit<PoolAttrs, 'dataFormat'>;
/** Attributes of a pooling over depth, height and width. */
export type VolumeAttrs = ImageAttrs & { readonly dataFormat: DataFormat };

/** The windows along one axis: `count` windows of `size` elements, which are `dilation` apart; the windows' starts are `stride` apart. */
export interface Window {
  readonly axis: number;
  /** The length of the axis. */
  readonly extent: Dim;
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  /** Padding that the windows may include. */
  readonly before: Dim;
  readonly after: Dim;
  readonly count: Dim;
}

const isRounded = ({ dimRoundingMode }: PoolAttrs): boolean =>
  dimRoundingMode !== undefined && dimRoundingMode !== 'floor';

/**
 * Whether tfjs's kernels are right: they do not support dilations. Those of images take padding as pairs, but XNNPACK rounds down; those of
 * volumes take padding as a number, and place 'same' wrongly if strides skip elements.
 */
export function isPlain(attrs: PoolAttrs): boolean {
  const { filterSize, strides, pad } = attrs;
  if (isRounded(attrs) || attrs.dilations.some((d) => d > 1) || attrs.dataFormat === 'NCDHW') return false;
  if (filterSize.length === 2) return true;
  return pad === 'same' ? filterSize.every((size, i) => size >= strides[i]!) : typeof pad !== 'object';
}

/**
 * The windows along each spatial axis, in order.
 * @throws AttributeError for a rounding mode with 'same' or 'valid'; ShapeError if a window does not fit
 */
export function windowsOf(shape: Shape, attrs: PoolAttrs): readonly Window[] {
  const { filterSize, pad, dimRoundingMode } = attrs;
  const n = filterSize.length;
  if (shape.length !== n + 2) throw new ShapeError(`a pooling over ${n} axes of a value of rank ${shape.length}`);
  if (dimRoundingMode !== undefined && typeof pad === 'string')
    throw new AttributeError(`dimRoundingMode '${dimRoundingMode}' goes with padding in numbers, not with '${pad}'`);
  const windows = layWindows(shape, attrs);
  const besides = typeof pad === 'object' ? pad.filter((_, i) => !windows.some(({ axis }) => axis === i)) : [];
  if (besides.some(([before, after]) => before !== 0 || after !== 0))
    throw new AttributeError('padding of the batch or the channels');
  for (const window of windows) requireElements(window, padAlong(pad, window.axis), dimRoundingMode);
  return windows;
}

/** The same without checks. */
export function layWindows(shape: Shape, attrs: PoolAttrs): readonly Window[] {
  const { filterSize, strides, dilations, pad, dimRoundingMode, dataFormat } = attrs;
  const first = dataFormat === 'NCDHW' ? 2 : 1;
  return filterSize.map((size, i) => {
    const axis = first + i;
    const [extent, stride, dilation] = [shape[axis]!, strides[i]!, dilations[i]!];
    const placement = place(extent, (size - 1) * dilation + 1, stride, padAlong(pad, axis), dimRoundingMode);
    return { axis, extent, size, stride, dilation, ...placement };
  });
}

const padAlong = (pad: Padding, axis: number): 'same' | 'valid' | Pair =>
  typeof pad === 'number' ? [pad, pad] : typeof pad === 'string' ? pad : pad[axis]!;

/** Requires an element in every window: an empty window has no average and no maximum. */
function requireElements(
  { axis, extent, size, stride, dilation, count }: Window,
  pad: 'same' | 'valid' | Pair,
  mode: Rounding = 'floor',
): void {
  if (pad === 'same') return;
  const reach = (size - 1) * dilation + 1;
  const [before, after] = pad === 'valid' ? [0, 0] : pad;
  requireAtLeast(dim.add(dim.add(extent, before), after), reach, `dimension ${axis} with its padding, and the window`);
  if (before === 0 && after === 0 && mode === 'floor') return;
  requireAtLeast(extent, 1, `dimension ${axis}, whose elements the windows are of`);
  requireAtLeast(
    dim.sub(dim.add(extent, before), 1),
    dim.mul(dim.sub(count, 1), stride),
    `the last element of dimension ${axis}, and the start of its last window`,
  );
  requireAtLeast(reach - 1, before, `a window less its last element, and the padding before dimension ${axis}`);
}

export const pooledShape = (shape: Shape, windows: readonly Window[]): Shape =>
  windows.reduce<Shape>((pooled, { axis, count }) => withItem(pooled, axis, count), shape);

/** The type of a pooling's output. @throws DTypeError, ShapeError, AttributeError */
export function inferPool(
  x: TensorType,
  attrs: PoolAttrs,
  allowed: readonly TensorType['dtype'][] = ['float32'],
): TensorType {
  if (!allowed.includes(x.dtype)) throw new DTypeError(`a pooling of ${x.dtype}, not ${allowed.join(' or ')}`);
  return { dtype: x.dtype, shape: pooledShape(x.shape, windowsOf(x.shape, attrs)) };
}

/** The type of the cotangent of a pooling's input. @throws DTypeError, ShapeError, AttributeError */
export function inferPoolGrad(dy: TensorType, input: TensorType, attrs: PoolAttrs): TensorType {
  requireFloat(dy, 'dy');
  requireSameShape(dy.shape, inferPool(input, attrs).shape, 'dy and what was pooled');
  return input;
}

/** The type of `input`'s elements at the windows' maxima. @throws DTypeError, ShapeError, AttributeError */
export function inferPoolGradGrad(dy: TensorType, input: TensorType, attrs: PoolAttrs): TensorType {
  requireFloat(dy, 'dy');
  requireSameShape(dy.shape, input.shape, 'dy and input');
  return inferPool(input, attrs);
}

function requireFloat({ dtype }: TensorType, what: string): void {
  if (dtype !== 'float32') throw new DTypeError(`${what} is ${dtype}, not float32`);
}

/** The same windows with pairs of padding instead of a rounding mode, for the kernels of images; undefined for other attributes. */
export function withoutRounding<A extends PoolAttrs>(shape: Shape, attrs: A): A | undefined {
  if (!isRounded(attrs) || attrs.filterSize.length !== 2) return undefined;
  const none = [0, 0] as const;
  const pairs = windowsOf(shape, attrs).map(({ before, after }) => [before, after] as const);
  return { ...attrs, pad: [none, ...pairs, none], dimRoundingMode: undefined };
}
