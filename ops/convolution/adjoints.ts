/** A convolution's adjoints as convolutions, over values with their channels last. */
import { type Dim, dim, type Shape, type Sym } from '../../engine/index.ts';
import { slice } from '../shape/slice.ts';
import type { ConvolutionArguments } from './convolution.ts';
import { explicitPad, type Pair, type WindowAttrs, type Windows, windowsOf } from './geometry.ts';
import { spread } from './taps.ts';

/**
 * The input's cotangent, dx_i = sum_k dy_{(i + p - d k) / s} w_k: dy with zeros between its elements for the strides, in a
 * convolution with the reversed filter.
 * @param convolve that convolution, without strides, with the dilations of the one that is differentiated
 */
export function inputGradient(
  dy: Sym,
  inputShape: Shape,
  taps: readonly Dim[],
  attrs: WindowAttrs,
  convolve: (dy: Sym, ...args: ConvolutionArguments) => Sym,
): Sym {
  const windows = windowsOf(inputShape, taps, attrs);
  if (attrs.pad !== 'same' && !windows.every(isNarrow)) {
    // as the cotangent of the padded input, of which the padding's part is left out
    const padded = inputShape.map((d, i) => {
      const [before, after] = explicitPad(windows, attrs.dataFormat)[i]!;
      return dim.add(dim.add(before, d), after);
    });
    const whole = inputGradient(dy, padded, taps, { ...attrs, pad: 'valid', dimRoundingMode: undefined }, convolve);
    return slice(
      whole,
      explicitPad(windows, attrs.dataFormat).map(([before]) => before),
      inputShape,
    );
  }
  const apart = windows.reduce((y, w, i) => spread(y, i + 1, 0, w.stride, reachOfStrides(w)), dy);
  const pads = windows.map((w): Pair => {
    const before = dim.sub(dim.sub(w.reach, 1), w.before);
    const length = dim.sub(dim.add(w.size, w.reach), 1);
    return [before, dim.sub(dim.sub(length, before), reachOfStrides(w))];
  });
  return convolve(apart, 1, [[0, 0], ...pads, [0, 0]], 'NHWC', attrs.dilations);
}

/** Whether no window lies in the padding alone, so that what the adjoint pads by is not negative. */
const isNarrow = ({ reach, before, after }: Windows): boolean =>
  typeof reach === 'number' && [before, after].every((p) => typeof p === 'number' && p < reach);

/** From the first window's begin to the last's. */
const reachOfStrides = ({ count, stride }: Windows): Dim => dim.add(dim.mul(dim.sub(count, 1), stride), 1);

/**
 * The filter's cotangent, dw_k = sum_i x_{s i + d k - p} dy_i: a convolution of x with dy for a filter, strides and dilations
 * exchanged. Its result may be larger than the filter, where windows do not use all of the input.
 * @param convolve that convolution
 */
export function filterGradient(
  x: Sym,
  taps: readonly Dim[],
  attrs: WindowAttrs,
  convolve: (...args: ConvolutionArguments) => Sym,
): Sym {
  const windows = windowsOf(x.shape, taps, attrs);
  const pads = windows.map((w): Pair => {
    const needed = dim.sub(dim.add(reachOfStrides(w), w.reach), 1);
    return [w.before, dim.max(0, dim.sub(dim.sub(needed, w.size), w.before))];
  });
  const whole = convolve(attrs.dilations, [[0, 0], ...pads, [0, 0]], 'NHWC', attrs.strides);
  return slice(whole, 0, [whole.shape[0]!, ...taps, whole.shape[3]!]);
}
