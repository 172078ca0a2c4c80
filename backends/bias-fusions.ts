/** Products and convolutions with their bias in one kernel, of tfjs's backends. Rules have the ops from the nodes where bundles do without. */
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

/** A convolution, or one with a bias already, that a bias or an activation can join. */
export const openConvolution = pattern(
  ['Conv2D', 'DepthwiseConv2dNative', 'FusedConv2D', 'FusedDepthwiseConv2D'],
  undefined,
  {
    as: 'y',
    when: ({ attrs }) => (attrs.activation ?? 'linear') === 'linear' && attrs.dataFormat === 'NHWC',
  },
);

/** A convolution with more in its kernel. */
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
