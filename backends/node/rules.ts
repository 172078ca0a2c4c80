/** Legalization rules for ops that TensorFlow lacks on CPUs, or computes differently. */
import { fill, type LegalizeRule, type Node, type Sym } from '../../engine/index.ts';
import { conv2d } from '../../ops/convolution/conv2d.ts';
import { plain } from '../../ops/convolution/convolution.ts';
import { depthwiseConv2d } from '../../ops/convolution/depthwise-conv2d.ts';
import type { WindowAttrs } from '../../ops/convolution/geometry.ts';
import { every } from '../../ops/convolution/taps.ts';
import { pad } from '../../ops/shape/pad.ts';
import {
  foldAround,
  foldElementwise,
  foldRows,
  mirrorPadByAxis,
  padByAxis,
  reverseByAxis,
  sliceByAxis,
} from '../by-axis.ts';
import { emptinessRules } from '../rules.ts';
import { isChannelsLast, isPadded, windowAttrs } from './lowerings/windows.ts';

type Convolve = typeof conv2d;

/** A convolution with its padding as a separate op. */
const padded =
  (convolve: Convolve) =>
  (node: Node): Sym | undefined => {
    const { strides, dilations, pad: amounts } = windowAttrs(node);
    if (typeof amounts !== 'object' || isPadded(node) || !isChannelsLast(node)) return undefined;
    const [x, filter] = node.inputs;
    return convolve(pad(x!, amounts), filter!, strides, 'valid', 'NHWC', dilations);
  };

/** A depthwise convolution with unequal strides: by their greatest common divisor, then taking every n-th output along each axis. */
function unevenly(node: Node): Sym | undefined {
  const { strides, dilations } = windowAttrs(node);
  const [rows, columns] = strides as readonly [number, number];
  if (rows === columns || !isChannelsLast(node)) return undefined;
  const [x, filter] = node.inputs as readonly [Sym, Sym];
  const { pad: amounts } = plain(node.attrs as unknown as WindowAttrs, x.shape, filter.shape);
  const step = greatestCommonDivisor(rows, columns);
  const dense = depthwiseConv2d(x, filter, step, amounts, 'NHWC', dilations);
  const { shape } = node.outputs[0]!;
  return strides.reduce((y, stride, i) => every(y, i + 1, 0, stride / step, shape[i + 1]!), dense);
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

/** Gradients of resizing to or from images without pixels. */
const resizedToNothing = (op: string): LegalizeRule => ({
  name: `${op}-of-nothing`,
  reason: 'TensorFlow fails for images without pixels',
  op,
  rewrite: ({ inputs, outputs }) => (inputs.some((s) => s.shape.includes(0)) ? fill(outputs[0]!.shape, 0) : undefined),
});

export const convolutionRules: readonly LegalizeRule[] = [
  { name: 'pad-apart', reason: 'a padding is an attribute, in numbers', op: 'Conv2D', rewrite: padded(conv2d) },
  {
    name: 'uneven-strides-by-even-ones',
    reason: 'TensorFlow fails for unequal strides',
    op: 'DepthwiseConv2dNative',
    rewrite: unevenly,
  },
  {
    name: 'pad-depthwise-apart',
    reason: 'a padding is an attribute, in numbers',
    op: 'DepthwiseConv2dNative',
    rewrite: padded(depthwiseConv2d),
  },
];

const KNOWN = 'TensorFlow fails for values of more dimensions';

export const highRankRules: readonly LegalizeRule[] = [
  mirrorPadByAxis(5, KNOWN),
  padByAxis(8, KNOWN),
  reverseByAxis(8, KNOWN),
  sliceByAxis(7, KNOWN),
  foldAround('ArgMax', 7, KNOWN),
  foldAround('ArgMin', 7, KNOWN),
  foldRows('TopK', 8, KNOWN),
  foldElementwise(8, KNOWN),
];

export const rules: readonly LegalizeRule[] = [
  ...emptinessRules,
  resizedToNothing('ResizeBilinearGrad'),
  resizedToNothing('ResizeNearestNeighborGrad'),
  ...convolutionRules,
  ...highRankRules,
];

/** Only values without elements need bound dims. */
export const boundRules: readonly LegalizeRule[] = emptinessRules;
