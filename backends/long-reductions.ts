/**
 * Reductions of many terms, which kernels add up in one float32: what is made of them so that they keep their digits, see
 * docs/conventions.md, "Sums". The rules know convolutions by their names, so that a bundle without convolutions stays without them.
 */
import {
  type Dim,
  type LegalizeRule,
  type Node,
  reshape,
  type Shape,
  type Sym,
  sizeOf,
  sumAxes,
} from '../engine/index.ts';
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
export const termsOfProduct = (a: Shape, transposeA: unknown): Dim => a.at(transposeA ? -2 : -1)!;

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

interface Kind {
  /** Over how many axes of its filter a convolution adds up. */
  readonly summed: number;
  /** More terms than this are many. */
  readonly most: number;
  readonly ofWindow: OfWindow;
}
const DENSE: Kind = { summed: 3, most: LONG, ofWindow: dense };
/** That of a filter's gradient has the terms of one image, and those of all images are added up after it. */
const DEPTHWISE: Kind = { summed: 2, most: 64, ofWindow: depthwise };

/** Whether a convolution adds up many terms for each of few windows. */
const isLongConvolution = ({ inputs, outputs, attrs }: Node, { summed, most }: Kind): boolean => {
  const { spatial } = layoutOf(attrs.dataFormat as string, 4);
  const windows = sizeOf(spatial.map((axis) => outputs[0]!.shape[axis] as number));
  return windows <= FEW_WINDOWS && sizeOf(inputs[1]!.shape.slice(0, summed) as number[]) > most;
};

/** Such a convolution as its windows, one by one. */
const byWindows =
  (kind: Kind) =>
  (node: Node): Sym | readonly Sym[] | undefined => {
    if (!isLongConvolution(node, kind)) return undefined;
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
      kind.ofWindow(along(along(padded, 0, Math.floor(at / width)), 1, at % width), filter),
    );
    return reshape(stack(all, 1), shape);
  };

const reason = 'the kernel adds up all terms in one float32, of which a million that are equal lose three digits';

/** Of an op whose parts are computed right, where there are many terms. */
export const whereLong = (op: string, isLong: (node: Node) => boolean): LegalizeRule => ({
  name: `long-${op.replace(/^_/, '')}-apart`,
  reason,
  op,
  rewrite: (node) => (isLong(node) ? asComposite(node) : undefined),
});

const isLongProduct = ({ inputs, attrs }: Node): boolean =>
  (termsOfProduct(inputs[0]!.shape, attrs.transposeA) as number) > LONG;

/** For bound dims, of backends that compute long matrix products and long sums right. */
export const longReductionRules: readonly LegalizeRule[] = [
  { name: 'long-windows-one-by-one', reason, op: 'Conv2D', rewrite: byWindows(DENSE) },
  { name: 'long-depthwise-windows-one-by-one', reason, op: 'DepthwiseConv2dNative', rewrite: byWindows(DEPTHWISE) },
  whereLong('FusedConv2D', (node) => isLongConvolution(node, DENSE)),
  whereLong('FusedDepthwiseConv2D', (node) => isLongConvolution(node, DEPTHWISE)),
  whereLong('_FusedMatMul', isLongProduct),
];
