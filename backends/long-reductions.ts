/**
 * Reductions of many terms, which kernels add up in one float32: what is made of them so that they keep their digits, see
 * docs/conventions.md, "Sums". The rules know convolutions by their names, so that a bundle without convolutions stays without them.
 */
import { type LegalizeRule, type Node, reshape, type Sym, sizeOf, sumAxes } from '../engine/index.ts';
import { explicitPad, layoutOf, type WindowAttrs, windowsOf } from '../ops/convolution/geometry.ts';
import { every } from '../ops/convolution/taps.ts';
import { mul } from '../ops/elementwise/multiply.ts';
import { matMul } from '../ops/matrix/mat-mul.ts';
import { pad } from '../ops/shape/pad.ts';
import { stack } from '../ops/shape/stack.ts';
import { asComposite } from './rules.ts';

/** Sums of more terms than this are long. */
export const LONG = 4096;

/** How many terms each element of a matrix product is the sum of. */
export const innerSize = (a: readonly number[], transposeA: unknown): number => a.at(transposeA ? -2 : -1)!;

/** What one window gives: its elements [batch, height, width, channels], and the filter. */
type OfWindow = (window: Sym, filter: Sym) => Sym;

const dense: OfWindow = (window, filter) => {
  const terms = sizeOf(filter.shape.slice(0, 3) as number[]);
  return matMul(reshape(window, [window.shape[0]!, terms]), reshape(filter, [terms, filter.shape[3]!]));
};

const depthwise: OfWindow = (window, filter) => {
  const [height, width, channels, multiplier] = filter.shape as readonly [number, number, number, number];
  const terms = mul(
    reshape(window, [window.shape[0]!, height * width, channels, 1]),
    reshape(filter, [1, height * width, channels, multiplier]),
  );
  return reshape(sumAxes(terms, [1]), [window.shape[0]!, channels * multiplier]);
};

/** So many windows are computed one by one: a filter's gradient has as many as the filter has elements of an image. */
const FEW_WINDOWS = 128;

/** Whether a convolution adds up many terms, over the first axes of its filter, for few windows. */
const isLongConvolution = ({ inputs, outputs, attrs }: Node, summed: number): boolean => {
  const { spatial } = layoutOf(attrs.dataFormat as string, 4);
  const windows = sizeOf(spatial.map((axis) => outputs[0]!.shape[axis] as number));
  return windows <= FEW_WINDOWS && sizeOf(inputs[1]!.shape.slice(0, summed) as number[]) > LONG;
};

/** Such a convolution as its windows, one by one. */
const byWindows =
  (summed: number, ofWindow: OfWindow) =>
  (node: Node): Sym | readonly Sym[] | undefined => {
    if (!isLongConvolution(node, summed)) return undefined;
    const attrs = node.attrs as unknown as WindowAttrs;
    if (attrs.dataFormat !== 'NHWC') return asComposite(node);
    const [x, filter] = node.inputs as [Sym, Sym];
    const { shape } = node.outputs[0]!;
    const windows = windowsOf(x.shape, filter.shape.slice(0, 2), attrs);
    const padded = pad(x, explicitPad(windows, 'NHWC'));
    const along = (part: Sym, i: number, at: number): Sym => {
      const { stride, dilation, taps } = windows[i]!;
      return every(part, i + 1, at * stride, dilation, taps);
    };
    const [height, width] = shape.slice(1, 3) as [number, number];
    const all = Array.from({ length: height * width }, (_, at) =>
      ofWindow(along(along(padded, 0, Math.floor(at / width)), 1, at % width), filter),
    );
    return reshape(stack(all, 1), shape);
  };

const reason = 'the kernel adds up all terms in one float32, of which a million that are equal lose three digits';

const whereLong = (op: string, isLong: (node: Node) => boolean): LegalizeRule => ({
  name: `long-${op.replace(/^_/, '')}-apart`,
  reason,
  op,
  rewrite: (node) => (isLong(node) ? asComposite(node) : undefined),
});

const isLongProduct = ({ inputs, attrs }: Node): boolean =>
  innerSize(inputs[0]!.shape as number[], attrs.transposeA) > LONG;

/** For bound dims, of backends that compute long matrix products and long sums right. */
export const longReductionRules: readonly LegalizeRule[] = [
  { name: 'long-windows-one-by-one', reason, op: 'Conv2D', rewrite: byWindows(3, dense) },
  { name: 'long-depthwise-windows-one-by-one', reason, op: 'DepthwiseConv2dNative', rewrite: byWindows(2, depthwise) },
  whereLong('FusedConv2D', (node) => isLongConvolution(node, 3)),
  whereLong('FusedDepthwiseConv2D', (node) => isLongConvolution(node, 2)),
  whereLong('_FusedMatMul', isLongProduct),
];
