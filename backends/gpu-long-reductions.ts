/**
 * Rules for reductions of many terms on webgl and webgpu, whose shaders have no double precision: they sum blocks, and the blocks' sums in
 * blocks again. See docs/conventions.md, "Sums".
 */
import { type LegalizeRule, type Node, reshape, type Sym, sizeOf, sumAxes } from '../engine/index.ts';
import { explicitPad, layoutOf, type WindowAttrs, windowsOf } from '../ops/convolution/geometry.ts';
import { every } from '../ops/convolution/taps.ts';
import { mul } from '../ops/elementwise/multiply.ts';
import { BatchMatMul, matMul } from '../ops/matrix/mat-mul.ts';
import { transpose } from '../ops/matrix/transpose.ts';
import { along, padMiddle } from '../ops/shape/along.ts';
import { pad } from '../ops/shape/pad.ts';
import { stack } from '../ops/shape/stack.ts';
import { LONG, longProductsApart, termsOfProduct, whereLong } from './long-reductions.ts';
import { asComposite } from './rules.ts';

const numbers = ({ shape }: Sym): readonly number[] => shape as readonly number[];

/** Terms of a product that a shader sums one by one: their rounding error stays below 1e-6. */
const BLOCK = 64;
/** The most sums of blocks, which take 256 MB; larger products get longer blocks. */
const MOST_SUMS = 2 ** 26;

const inBlocks = (n: number, size: number): { readonly blocks: number; readonly size: number } => ({
  blocks: Math.ceil(n / size),
  size,
});

/** Splits an axis into blocks, padded with zeros: [..., n, ...] to [..., blocks, size, ...]. */
function split(x: Sym, axis: number, { blocks, size }: ReturnType<typeof inBlocks>): Sym {
  const whole = along(x, axis, (x3) => padMiddle(x3, 0, blocks * size - numbers(x)[axis]!));
  return reshape(whole, [...x.shape.slice(0, axis), blocks, size, ...x.shape.slice(axis + 1)]);
}

/** Exchanges the two axes before the last. */
const exchanged = (x: Sym): Sym => {
  const perm = x.shape.map((_, i) => i);
  return transpose(x, [...perm.slice(0, -3), x.rank - 2, x.rank - 3, x.rank - 1]);
};

/** A matrix product as a sum over a batch of products, one for each block of the inner axis. */
function productInBlocks({ inputs, outputs, attrs }: Node): Sym | undefined {
  const [a, b] = inputs as [Sym, Sym];
  const { transposeA, transposeB } = attrs as { transposeA: boolean; transposeB: boolean };
  const n = termsOfProduct(a.shape, transposeA) as number;
  if (n <= LONG) return undefined;
  const fewest = Math.ceil((n * sizeOf(numbers(outputs[0]!))) / MOST_SUMS);
  const blocks = inBlocks(n, Math.max(BLOCK, fewest));
  const left = split(a, a.rank - (transposeA ? 2 : 1), blocks);
  const right = split(b, b.rank - (transposeB ? 1 : 2), blocks);
  const products = BatchMatMul.node(
    { a: transposeA ? left : exchanged(left), b: transposeB ? exchanged(right) : right },
    { transposeA, transposeB },
  );
  return sumAxes(products, [products.rank - 3]);
}

/** Both backends' Sum kernels add LONG elements in lanes, which have few terms each. */
const LANES = 64;

/** A sum over many elements as a sum of sums of blocks. */
function sumInBlocks({ inputs, attrs }: Node): Sym | undefined {
  const [x] = inputs as [Sym];
  const { axis, keepDims } = attrs as { axis: readonly number[]; keepDims: boolean };
  if (x.dtype !== 'float32' || sizeOf(axis.map((a) => numbers(x)[a]!)) <= LONG) return undefined;
  if (axis.length > 1) return sumAxes(sumAxes(x, axis.slice(-1), keepDims), axis.slice(0, -1), keepDims);
  const [at] = axis as [number];
  const n = numbers(x)[at]!;
  const size = Math.ceil(n / Math.ceil(n / LONG) / LANES) * LANES;
  const sums = sumAxes(split(x, at, inBlocks(n, size)), [at + 1]);
  return sumAxes(sums, [at], keepDims);
}

/** The outputs of one window, from its elements [batch, height, width, channels] and the filter. */
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

/** Up to this many windows are computed one by one; a filter's gradient has a window for each spatial element of the filter. */
const FEW_WINDOWS = 128;

interface Kind {
  /** The number of leading filter axes that the convolution sums over. */
  readonly summed: number;
  /** The most terms that the kernel may sum. */
  readonly most: number;
  readonly ofWindow: OfWindow;
}
const DENSE: Kind = { summed: 3, most: LONG, ofWindow: dense };
/** In a filter's gradient, it sums the terms of one image, and the images are added after it. */
const DEPTHWISE: Kind = { summed: 2, most: 64, ofWindow: depthwise };

/** Whether a convolution sums many terms for each of few windows. */
const isLongConvolution = ({ inputs, outputs, attrs }: Node, { summed, most }: Kind): boolean => {
  const { spatial } = layoutOf(attrs.dataFormat as string, 4);
  const windows = sizeOf(spatial.map((axis) => outputs[0]!.shape[axis] as number));
  return windows <= FEW_WINDOWS && sizeOf(inputs[1]!.shape.slice(0, summed) as number[]) > most;
};

/** Computes such a convolution window by window. */
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

const isLongMean = ({ inputs, attrs }: Node): boolean =>
  sizeOf((attrs.axis as readonly number[]).map((a) => numbers(inputs[0]!)[a]!)) > LONG;
/** A filter's gradient sums a term for each window of each image. */
const isLongGradient = ({ inputs }: Node): boolean => sizeOf(numbers(inputs[1]!).slice(0, -1)) > LONG;

const reason = 'shaders add up in float32, one term after another';

/** The rules, for bound dims. */
export const gpuLongReductionRules: readonly LegalizeRule[] = [
  { name: 'long-sum-in-blocks', reason, op: 'Sum', rewrite: sumInBlocks },
  { name: 'long-product-in-blocks', reason, op: 'BatchMatMul', rewrite: productInBlocks },
  whereLong('Mean', isLongMean),
  ...['Conv2DBackpropFilter', 'Conv3DBackpropFilterV2', 'DepthwiseConv2dNativeBackpropFilter'].map((op) =>
    whereLong(op, isLongGradient),
  ),
  { name: 'long-windows-one-by-one', reason, op: 'Conv2D', rewrite: byWindows(DENSE) },
  { name: 'long-depthwise-windows-one-by-one', reason, op: 'DepthwiseConv2dNative', rewrite: byWindows(DEPTHWISE) },
  whereLong('FusedConv2D', (node) => isLongConvolution(node, DENSE)),
  whereLong('FusedDepthwiseConv2D', (node) => isLongConvolution(node, DEPTHWISE)),
  longProductsApart,
];
