/**
 * Fusions of products and convolutions with a bias, for tfjs's backends. They match convolutions by name and take the fused op from the
 * node, so that a bundle without convolutions does not include them.
 */
import { type AnyOp, type FusionRule, inputRecord, type Node, pattern, type Sym, sameShape } from '../engine/index.ts';
import { fusedMatMul } from '../ops/matrix/fused-mat-mul.ts';

const isPlain = ({ outputs, attrs }: Node): boolean => outputs[0]!.rank === 2 && !attrs.transposeA && !attrs.transposeB;

export const biasOfProduct: FusionRule = {
  name: 'mat-mul-and-bias',
  reason:
    'one pass over the product instead of two. Only plain products: fused kernels are wrong for transposed and batched ones',
  pattern: pattern('Add', [pattern('BatchMatMul', ['a', 'b'], { as: 'product', when: isPlain }), 'bias']),
  rewrite: ({ a, b, bias, product }) =>
    sameShape(bias!.shape, product!.shape.slice(1)) ? fusedMatMul(a!, b!, bias!) : undefined,
};

/** A pattern of a convolution, fused or not, that a bias or an activation can still be fused into. */
export const openConvolution = pattern(
  ['Conv2D', 'DepthwiseConv2dNative', 'FusedConv2D', 'FusedDepthwiseConv2D'],
  undefined,
  {
    as: 'y',
    when: ({ attrs }) => (attrs.activation ?? 'linear') === 'linear' && attrs.dataFormat === 'NHWC',
  },
);

/** The fused convolution with further inputs and attributes. */
export function joinConvolution(
  { op, inputs, arity, attrs }: Node,
  more: Readonly<Record<string, Sym>>,
  further = {},
): Sym {
  const fused: AnyOp = op.definition.fused?.() ?? op;
  return fused.node({ ...inputRecord(op, inputs, arity), ...more }, { ...attrs, ...further });
}

export const biasOfConvolution: FusionRule = {
  name: 'convolution-and-bias',
  reason: 'one pass over the output instead of two',
  pattern: pattern('Add', [{ ...openConvolution, inputs: ['x', 'filter'] }, 'bias']),
  rewrite: ({ y, bias }) =>
    sameShape(bias!.shape, y!.shape.slice(3)) ? joinConvolution(y!.node, { bias: bias! }) : undefined,
};
