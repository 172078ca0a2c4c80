/** Expresses the gradients of a convolution as convolutions, for values with channels last. */
import { type Dim, dim, reshape, type Shape, type Sym } from '../../engine/index.ts';
import { transpose } from '../matrix/transpose.ts';
import { pad } from '../shape/pad.ts';
import { reverse } from '../shape/reverse.ts';
import { slice } from '../shape/slice.ts';
import { explicitPad, type Pair, type WindowAttrs, type Windows, windowsOf } from './geometry.ts';
import { dilate, spread } from './taps.ts';

/** Windows of a convolution with channels last. */
export interface PlainWindows {
  readonly strides: readonly number[];
  readonly pad: readonly Pair[];
  readonly dilations: readonly number[];
}
const ONES = [1, 1];

/** Builds the cotangent of an input of this shape, for windows of which none lies entirely in the padding. */
type Build = (windows: readonly Windows[], inputShape: Shape) => Sym;

function withNarrowPadding(inputShape: Shape, taps: readonly Dim[], attrs: WindowAttrs, build: Build): Sym {
  const windows = windowsOf(inputShape, taps, attrs);
  if (typeof attrs.pad === 'string' || windows.every(isNarrow)) return build(windows, inputShape);
  // otherwise crops the cotangent of the padded input
  const pads = explicitPad(windows, attrs.dataFormat);
  const padded = inputShape.map((d, i) => dim.add(dim.add(pads[i]![0], d), pads[i]![1]));
  const whole = build(windowsOf(padded, taps, { ...attrs, pad: 'valid', dimRoundingMode: undefined }), padded);
  return slice(
    whole,
    pads.map(([before]) => before),
    inputShape,
  );
}

/**
 * The input's cotangent, dx_j = sum_k dy_{(j + p - d k) / s} w_k: dy, with s - 1 zeros between its elements, convolved with the reversed
 * filter.
 * @param convolve that convolution: without strides, with the dilations of the forward convolution
 */
export const inputGradient = (
  dy: Sym,
  inputShape: Shape,
  taps: readonly Dim[],
  attrs: WindowAttrs,
  convolve: (dy: Sym, windows: PlainWindows) => Sym,
): Sym =>
  withNarrowPadding(inputShape, taps, attrs, (windows) => {
    const parts = windows.map((w) => {
      const before = dim.sub(dim.sub(w.reach, 1), w.before);
      const after = dim.sub(dim.sub(dim.sub(dim.add(w.size, w.reach), 1), before), reachOfStrides(w));
      // `spread` makes some of the zeros after the last element, so that it need not cut its last step
      const more = dim.min(after, w.stride - 1);
      return { length: dim.add(reachOfStrides(w), more), pad: [before, dim.sub(after, more)] as const };
    });
    const apart = parts.reduce((y, { length }, i) => spread(y, i + 1, 0, windows[i]!.stride, length), dy);
    const pads: Pair[] = [[0, 0], ...parts.map(({ pad }) => pad), [0, 0]];
    return convolve(apart, { strides: ONES, pad: pads, dilations: attrs.dilations });
  });

/**
 * The same for a dense convolution, with s^2 times fewer multiplications: for each phase r, the input's elements s q + r are a convolution
 * of dy with every s-th element of the reversed filter. One convolution with s^2 times as many output channels computes all phases.
 * @param convolve a convolution without strides
 */
export const denseInputGradient = (
  dy: Sym,
  filter: Sym,
  inputShape: Shape,
  attrs: WindowAttrs,
  convolve: (dy: Sym, filter: Sym, windows: PlainWindows) => Sym,
): Sym =>
  withNarrowPadding(inputShape, filter.shape.slice(0, 2), attrs, (windows, shape) => {
    const [height, width] = windows.map(phasesOf) as [Phases, Phases];
    const [sh, sw] = attrs.strides as [number, number];
    const [, , channels, outChannels] = filter.shape;
    const apart = dilate(filter, [height.inFilter, width.inFilter]);
    const whole = pad(apart, [
      [0, dim.sub(dim.mul(height.taps, sh), apart.shape[0]!)],
      [0, dim.sub(dim.mul(width.taps, sw), apart.shape[1]!)],
      [0, 0],
      [0, 0],
    ]);
    const reversed = reverse(reshape(whole, [height.taps, sh, width.taps, sw, channels!, outChannels!]), [0, 2]);
    const phases = reshape(transpose(reversed, [0, 2, 5, 1, 3, 4]), [
      height.taps,
      width.taps,
      outChannels!,
      dim.mul(sh * sw, channels!),
    ]);
    const pads: Pair[] = [[0, 0], height.pad, width.pad, [0, 0]];
    const y = convolve(dy, phases, {
      strides: ONES,
      pad: pads,
      dilations: [height.inConvolution, width.inConvolution],
    });
    const [batch, rows, columns] = y.shape;
    const side = transpose(reshape(y, [dim.mul(batch!, rows!), columns!, sh, dim.mul(sw, channels!)]), [0, 2, 1, 3]);
    const image = reshape(side, [batch!, dim.mul(rows!, sh), dim.mul(columns!, sw), channels!]);
    return slice(image, [0, height.begin, width.begin, 0], shape);
  });

interface Phases {
  /** The dilation: applied to the filter as zeros if there are strides, else to the convolution. */
  readonly inFilter: number;
  readonly inConvolution: number;
  /** The size of a phase's filter, and the padding of dy. */
  readonly taps: Dim;
  readonly pad: Pair;
  /** The input's offset in the result. */
  readonly begin: Dim;
}

function phasesOf({ size, taps, reach, stride, dilation, before, count }: Windows): Phases {
  const strided = stride > 1;
  const own = strided ? dim.floorDiv(dim.add(reach, stride - 1), stride) : taps;
  const first = dim.floorDiv(before, stride);
  const last = dim.floorDiv(dim.add(dim.add(before, size), stride - 1), stride);
  const ownReach = strided ? own : reach;
  return {
    inFilter: strided ? dilation : 1,
    inConvolution: strided ? 1 : dilation,
    taps: own,
    pad: [dim.sub(dim.sub(ownReach, 1), first), dim.sub(last, count)],
    begin: dim.sub(before, dim.mul(first, stride)),
  };
}

/** Whether no window lies entirely in the padding; else the adjoint's padding is negative. */
const isNarrow = ({ reach, before, after }: Windows): boolean =>
  typeof reach === 'number' && [before, after].every((p) => typeof p === 'number' && p < reach);

/** The distance from the first window's start to the last's, plus 1. */
const reachOfStrides = ({ count, stride }: Windows): Dim => dim.add(dim.mul(dim.sub(count, 1), stride), 1);

/**
 * The filter's cotangent, dw_k = sum_i x_{s i + d k - p} dy_i: a convolution of x with dy as the filter, strides and dilations exchanged.
 * If windows do not cover all of the input, its result is larger than the filter, and cropped.
 * @param convolve that convolution
 */
export function filterGradient(
  x: Sym,
  taps: readonly Dim[],
  attrs: WindowAttrs,
  convolve: (windows: PlainWindows) => Sym,
): Sym {
  const windows = windowsOf(x.shape, taps, attrs);
  const pads = windows.map((w): Pair => {
    const needed = dim.sub(dim.add(reachOfStrides(w), w.reach), 1);
    return [w.before, dim.max(0, dim.sub(dim.sub(needed, w.size), w.before))];
  });
  const whole = convolve({ strides: attrs.dilations, pad: [[0, 0], ...pads, [0, 0]], dilations: attrs.strides });
  return slice(whole, 0, [whole.shape[0]!, ...taps, whole.shape[3]!]);
}
