/** Attributes, type inference and layouts that all convolutions share. */
import type { Attr, DefaultedAttr, Dim, Shape, Sym, SymLike, TensorType } from '../../engine/index.ts';
import {
  attr,
  DTypeError,
  dim,
  formatShape,
  product,
  requireAtLeast,
  requireEqual,
  reshape,
  ShapeError,
  UnsupportedOpError,
} from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { transpose } from '../matrix/transpose.ts';
import { requireSameShape } from '../shape/axis.ts';
import type { Padding, PerAxis, Rounding, WindowAttrs } from './geometry.ts';
import { explicitPad, layoutOf, toList, windowsOf } from './geometry.ts';

// ---- attributes

const isCount = (n: unknown): n is number => Number.isInteger(n) && (n as number) > 0;

export const perAxis = /* @__NO_SIDE_EFFECTS__ */ (axes: number): DefaultedAttr<readonly number[]> => ({
  ...attr.custom<readonly number[]>(`a positive integer, or ${axes} of them`, (v) => {
    const list = toList(v as PerAxis, axes);
    return Array.isArray(list) && list.length === axes && list.every(isCount) ? Object.freeze([...list]) : undefined;
  }),
  default: toList(1, axes),
});

const PAIRS = /* @__PURE__ */ attr.pairs();
const PADDING: Attr<Padding> = /* @__PURE__ */ attr.custom<Padding>(
  "'same', 'valid', a natural number, or a [before, after] pair for each dimension",
  (v) => {
    if (v === 'same' || v === 'valid') return v;
    if (typeof v === 'number') return Number.isInteger(v) && v >= 0 ? v : undefined;
    return Array.isArray(v) ? PAIRS.parse(v) : undefined;
  },
  {
    key: (v) => (typeof v === 'object' ? PAIRS.key(v) : String(v)),
    toJSON: (v) => (typeof v === 'object' ? PAIRS.toJSON(v) : v),
    bind: (v, dims) => (typeof v === 'object' ? PAIRS.bind!(v, dims) : v),
    dims: (v) => (typeof v === 'object' ? PAIRS.dims!(v) : []),
  },
);
export const padding = /* @__NO_SIDE_EFFECTS__ */ (): Attr<Padding> => PADDING;

export type DataFormat = 'NHWC' | 'NCHW';
export type VolumeFormat = 'NDHWC' | 'NCDHW';
const CHANNELS_LAST: Readonly<Record<number, string>> = { 2: 'NHWC', 3: 'NDHWC' };

/** Attributes of convolutions along `axes` spatial axes, and of their gradients. The first format is the default. */
const schemaOf = /* @__NO_SIDE_EFFECTS__ */ (axes: number, formats: readonly string[]) => ({
  strides: perAxis(axes),
  pad: PADDING,
  dataFormat: attr.oneOf(formats, formats[0]!),
  dilations: perAxis(axes),
  dimRoundingMode: attr.optional(attr.oneOf(['floor', 'round', 'ceil'] as const)),
});
export const imageAttrs = /* @__PURE__ */ schemaOf(2, ['NHWC', 'NCHW'] satisfies DataFormat[]);
export const volumeAttrs = /* @__PURE__ */ schemaOf(3, ['NDHWC', 'NCDHW'] satisfies VolumeFormat[]);
export type ConvolutionSchema = ReturnType<typeof schemaOf>;

/** The arguments of convolution builders after their operands, in order. */
export type ConvolutionArguments = readonly [...Windowed<DataFormat>, dimRoundingMode?: Rounding | undefined];
export type VolumeArguments = Windowed<VolumeFormat>;
type Windowed<Format> = readonly [
  strides: PerAxis,
  pad: Padding,
  dataFormat?: Format | undefined,
  dilations?: PerAxis | undefined,
];
export type AnyArguments = readonly [...Windowed<string>, dimRoundingMode?: Rounding | undefined];

export const toAttrs = (
  axes: number,
  [strides, pad, dataFormat = CHANNELS_LAST[axes]!, dilations = 1, dimRoundingMode]: AnyArguments,
): WindowAttrs => ({
  strides: toList(strides, axes),
  pad,
  dataFormat,
  dilations: toList(dilations, axes),
  dimRoundingMode,
});

/** The attributes of the convolution in those of an op that has more. */
export const convolutionOf = ({ strides, pad, dataFormat, dilations, dimRoundingMode }: WindowAttrs): WindowAttrs => ({
  strides,
  pad,
  dataFormat,
  dilations,
  dimRoundingMode,
});

export const isUndilated = ({ dilations }: WindowAttrs): boolean => dilations.every((d) => d === 1);
export const isUnstrided = ({ strides }: WindowAttrs): boolean => strides.every((s) => s === 1);

/**
 * Whether tfjs's kernels are right. They compute the output's size for a numeric padding from the filter's height alone, and do not pad
 * consistently for the windows that dimRoundingMode adds.
 */
export const isPlain = ({ pad, dimRoundingMode }: WindowAttrs): boolean =>
  typeof pad !== 'number' && dimRoundingMode === undefined;

/** Equivalent attributes that are plain, for an input and a filter of these shapes. */
export const plain = <A extends WindowAttrs>(attrs: A, input: Shape, filter: Shape): A => ({
  ...attrs,
  pad: explicitPad(windowsOf(input, filter.slice(0, -2), attrs), attrs.dataFormat),
  dimRoundingMode: undefined,
});

/** Called if there is no kernel for the plain case, of which composites are made. @throws UnsupportedOpError */
export function noKernel(name: string): never {
  throw new UnsupportedOpError(`the backend has no kernel '${name}', of which every other case is made`);
}

// ---- shapes

/** The number of output channels: the filter's last dimension; for a depthwise filter, the product of its last two. */
export type OutChannels = (filter: Shape) => Dim;
export const dense: OutChannels = (filter) => filter.at(-1)!;
export const depthwise: OutChannels = (filter) => product(filter.slice(-2));

/** For shape inference: the shape of a convolution's output. @throws ShapeError */
export function outputShape(input: Shape, filter: Shape, attrs: WindowAttrs, outChannels: OutChannels): Shape {
  const rank = attrs.strides.length + 2;
  if (input.length !== rank) throw new ShapeError(`an input of rank ${input.length}, not ${rank}`);
  if (filter.length !== rank) throw new ShapeError(`a filter of rank ${filter.length}, not ${rank}`);
  const { spatial, channels } = layoutOf(attrs.dataFormat, rank);
  requireEqual(input[channels]!, filter.at(-2)!, 'the channels of the input and of the filter');
  const counts = requireWindows(input, filter.slice(0, -2), attrs);
  return input.map((d, axis) =>
    axis === channels ? outChannels(filter) : spatial.includes(axis) ? counts[spatial.indexOf(axis)]! : d,
  );
}

/** For shape inference: the number of windows along each spatial axis. @throws ShapeError if no window fits */
export function requireWindows(input: Shape, taps: readonly Dim[], attrs: WindowAttrs): readonly Dim[] {
  return windowsOf(input, taps, attrs).map(({ size, taps: n, reach, before, after, count }, i) => {
    requireAtLeast(n, 1, `the filter's spatial dimension ${i}`);
    if (attrs.pad !== 'same')
      requireAtLeast(
        dim.add(dim.add(before, size), after),
        reach,
        `the padded input's spatial dimension ${i} and the filter that must fit into it`,
      );
    return count;
  });
}

/** @throws DTypeError if an operand is not float32 */
export function requireFloats(operands: Readonly<Record<string, TensorType | undefined>>): void {
  for (const [name, type] of Object.entries(operands))
    if (type !== undefined && type.dtype !== 'float32') throw new DTypeError(`${name} is ${type.dtype}, not float32`);
}

/** The type of a convolution's output. @throws ShapeError, DTypeError */
export function inferForward(
  x: TensorType,
  filter: TensorType,
  attrs: WindowAttrs,
  outChannels: OutChannels,
): readonly TensorType[] {
  requireFloats({ x, filter });
  return [{ dtype: 'float32', shape: outputShape(x.shape, filter.shape, attrs, outChannels) }];
}

/** The type of the input's cotangent. @throws ShapeError, DTypeError */
export function inferInputGradient(
  dy: TensorType,
  filter: TensorType,
  attrs: WindowAttrs & { readonly inputShape: Shape },
  outChannels: OutChannels,
): readonly TensorType[] {
  requireFloats({ dy, filter });
  const expected = outputShape(attrs.inputShape, filter.shape, attrs, outChannels);
  requireSameShape(dy.shape, expected, `dy and the output ${formatShape(expected)} for this input`);
  return [{ dtype: 'float32', shape: attrs.inputShape }];
}

/** The type of the filter's cotangent. @throws ShapeError, DTypeError */
export function inferFilterGradient(
  x: TensorType,
  dy: TensorType,
  attrs: WindowAttrs & { readonly filterShape: Shape },
  outChannels: OutChannels,
): readonly TensorType[] {
  requireFloats({ x, dy });
  const expected = outputShape(x.shape, attrs.filterShape, attrs, outChannels);
  requireSameShape(dy.shape, expected, `dy and the output ${formatShape(expected)} for this filter`);
  return [{ dtype: 'float32', shape: attrs.filterShape }];
}

// ---- layouts

const span = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, i) => from + i);

/** Transposes channels first to channels last, and back. */
export const toLast = (x: Sym): Sym => transpose(x, [0, ...span(2, x.rank), 1]);
export const toFirst = (x: Sym): Sym => transpose(x, [0, x.rank - 1, ...span(1, x.rank - 1)]);

export const shapeToLast = (shape: Shape): Shape => [shape[0]!, ...shape.slice(2), shape[1]!];

export const hasChannelsLast = ({ dataFormat }: WindowAttrs): boolean => dataFormat.endsWith('C');
/** The attributes of the same convolution with channels last. */
export const channelsLast = <A extends WindowAttrs>(attrs: A): A => ({
  ...attrs,
  dataFormat: CHANNELS_LAST[attrs.strides.length]!,
  pad: padToLast(attrs.pad),
});
export const padToLast = (pad: Padding): Padding =>
  typeof pad === 'object' ? [pad[0]!, ...pad.slice(2), pad[1]!] : pad;

/** Adds a batch dimension of 1 to a value that has none, and removes it from the result. */
export function batched(x: SymLike, rank: number, build: (x: Sym) => Sym): Sym {
  const sym = float(x);
  if (sym.rank !== rank - 1) return build(sym);
  const y = build(reshape(sym, [1, ...sym.shape]));
  return reshape(y, y.shape.slice(1));
}

/** Adds a batch dimension of 1 to an input and an output's cotangent of this rank, if both have none. */
export function batchedBoth(x: SymLike, dy: SymLike, rank: number): readonly [x: Sym, dy: Sym] {
  const both = [float(x), float(dy)] as const;
  if (!both.every((s) => s.rank === rank - 1)) return both;
  return [reshape(both[0], [1, ...both[0].shape]), reshape(both[1], [1, ...both[1].shape])];
}
