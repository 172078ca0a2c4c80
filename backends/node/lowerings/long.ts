/**
 * Sums of many terms, written in double precision: TensorFlow has a float32 accumulator for each column, and blocks or lanes of some for
 * the rest. See docs/conventions.md, "Sums".
 */
import { type Dim, type Node, product } from '../../../engine/index.ts';
import { LONG, termsOfProduct } from '../../long-reductions.ts';
import * as attr from '../graph/attributes.ts';
import type { GraphWriter, Ref } from '../graph/writer.ts';
import type { Lowering } from './lowering.ts';

/** Convolutions of so many terms, and their gradients by filters, are left to TensorFlow: in double precision they take twice as long. */
const LONG_CONVOLUTION = 2 ** 15;

interface Reduction {
  /** How many terms each element of the result has. */
  readonly terms: (node: Node) => Dim;
  readonly most: number;
}

/** Over axes. Along the last ones TensorFlow adds up in lanes and blocks. */
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
/** Over the axes of a filter, the last aside; of a depthwise one, whose filter is as large in gradients of dilated ones, the last two. */
const ofFilter = (besides: number, most: number): Reduction => ({
  terms: ({ inputs }) => product(inputs[1]!.shape.slice(0, -besides)),
  most,
});
/** Over all windows of all images. */
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

/** Whether a node adds up many terms, given what is known of its dims. */
export function isLong(node: Node, isMany: (terms: Dim, most: number) => boolean): boolean {
  const reduction = REDUCTIONS[node.op.name];
  return reduction !== undefined && isMany(reduction.terms(node), reduction.most);
}

/** Where numbers are known, by them; else `unknown`. */
export const manyOr =
  (unknown: boolean) =>
  (terms: Dim, most: number): boolean =>
    typeof terms === 'number' ? terms > most : unknown;

const cast = (w: GraphWriter, x: Ref, dtype: 'float32' | 'float64'): Ref =>
  w.op('Cast', [x], { SrcT: attr.type(x.dtype), DstT: attr.type(dtype) }, dtype);

/** The same, in double precision where there are many terms. */
export const wideWhereLong = (lowering: Lowering): Lowering => ({
  ...lowering,
  write: (w, node, inputs) => {
    if (!isLong(node, manyOr(w.shared.unknownIsMany ?? false))) return lowering.write(w, node, inputs);
    const wide = inputs.map((x) => cast(w, x, 'float64'));
    return cast(w, lowering.write(w, node, wide) as Ref, 'float32');
  },
});
