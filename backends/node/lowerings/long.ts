/**
 * Writes sums of many terms in double precision: TensorFlow uses one float32 accumulator per column, or a few in blocks or lanes. See
 * docs/conventions.md, "Sums".
 */
import { type Dim, type Node, product } from '../../../engine/index.ts';
import { LONG, termsOfProduct } from '../../long-reductions.ts';
import * as attr from '../graph/attributes.ts';
import type { GraphWriter, Ref } from '../graph/writer.ts';
import type { Lowering } from './lowering.ts';

/** Up to this many terms, convolutions and their filter gradients stay in float32: double precision takes twice as long. */
const LONG_CONVOLUTION = 2 ** 15;

interface Reduction {
  /** The number of terms that each element of the result sums. */
  readonly terms: (node: Node) => Dim;
  /** The most terms to sum in float32. */
  readonly most: number;
}

/** Sums over axes. Along trailing axes TensorFlow sums in lanes and blocks, which is precise enough. */
const overAxes: Reduction = {
  terms: ({ inputs, attrs }) => {
    const axis = attrs.axis as readonly number[];
    const [x] = inputs;
    const isTrailing = axis.every((a, i) => a === x!.rank - axis.length + i);
    return isTrailing || x!.dtype !== 'float32' ? 1 : product(axis.map((a) => x!.shape[a]!));
  },
  most: LONG,
};
const ofProduct: Reduction = {
  terms: ({ inputs, attrs }) => termsOfProduct(inputs[0]!.shape, attrs.transposeA),
  most: LONG,
};
/** Sums over the axes of a filter, except the last one, or the last two of a depthwise filter. */
const ofFilter = (besides: number, most: number): Reduction => ({
  terms: ({ inputs }) => product(inputs[1]!.shape.slice(0, -besides)),
  most,
});
/** Sums over all windows of all images. */
const ofImages: Reduction = {
  terms: ({ inputs }) => product(inputs[1]!.shape.slice(0, -1)),
  most: LONG_CONVOLUTION,
};

const REDUCTIONS: Readonly<Record<string, Reduction>> = {
  Sum: overAxes,
  Mean: overAxes,
  BatchMatMul: ofProduct,
  Conv2D: ofFilter(1, LONG_CONVOLUTION),
  Conv3D: ofFilter(1, LONG_CONVOLUTION),
  DepthwiseConv2dNative: ofFilter(2, LONG),
  Conv2DBackpropFilter: ofImages,
  Conv3DBackpropFilterV2: ofImages,
  DepthwiseConv2dNativeBackpropFilter: ofImages,
};

/** Whether a node sums many terms. @param isMany decides for the number of terms, which may be symbolic */
export function isLong(node: Node, isMany: (terms: Dim, most: number) => boolean): boolean {
  const reduction = REDUCTIONS[node.op.name];
  return reduction !== undefined && isMany(reduction.terms(node), reduction.most);
}

/** An `isMany` that returns `unknown` for symbolic numbers. */
export const manyOr =
  (unknown: boolean) =>
  (terms: Dim, most: number): boolean =>
    typeof terms === 'number' ? terms > most : unknown;

const cast = (w: GraphWriter, x: Ref, dtype: 'float32' | 'float64'): Ref =>
  w.op('Cast', [x], { SrcT: attr.type(x.dtype), DstT: attr.type(dtype) }, dtype);

/** The lowering, in double precision if there are many terms. */
export const wideWhereLong = (lowering: Lowering): Lowering => ({
  ...lowering,
  write: (w, node, inputs) => {
    if (!isLong(node, manyOr(w.shared.unknownIsMany ?? false))) return lowering.write(w, node, inputs);
    const wide = inputs.map((x) => cast(w, x, 'float64'));
    return cast(w, lowering.write(w, node, wide) as Ref, 'float32');
  },
});
