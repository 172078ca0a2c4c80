/** What TensorFlow does in one pass and graphs write as several ops. The ops here are of this backend alone: rules make them, last of all. */
import {
  attr,
  defineOp,
  type FusionRule,
  fillValue,
  isStatic,
  NOT_DIFFERENTIABLE,
  type Node,
  type Sym,
  sameShape,
  sizeOf,
} from '../../engine/index.ts';
import { imageAttrs } from '../../ops/convolution/convolution.ts';
import { isConvolution } from './lowerings/convolution.ts';
import { isLong, manyOr } from './lowerings/long.ts';

/** Gradients have been taken by the time that these ops are made. */
const never: typeof NOT_DIFFERENTIABLE = NOT_DIFFERENTIABLE;

/** activation(product + bias) */
export const MatMulBias = defineOp({
  name: 'MatMulBias',
  inputs: ['a', 'b', 'bias'],
  attrs: { activation: attr.string() },
  infer: ({ a, b }) => [{ dtype: a.dtype, shape: [a.shape[0]!, b.shape[1]!] }],
  lowering: [{ kind: 'kernel' }],
  gradient: { a: never, b: never, bias: never },
});

/** activation(convolution + bias) */
export const Conv2DBias = defineOp({
  name: 'Conv2DBias',
  inputs: ['x', 'filter', 'bias'],
  attrs: { ...imageAttrs, activation: attr.string(), shape: attr.shape() },
  infer: ({ x }, { shape }) => [{ dtype: x.dtype, shape }],
  lowering: [{ kind: 'kernel' }],
  gradient: { x: never, filter: never, bias: never },
});

/** Of values of one shape: it is not elementwise, which would mean that it broadcasts. */
const gradientOp = (name: string) =>
  defineOp({
    name,
    inputs: ['first', 'second'],
    infer: ({ first }) => [first],
    lowering: [{ kind: 'kernel' }],
    gradient: { first: never, second: never },
  });

/** dy (1 - y^2); y comes first. */
export const TanhGrad = gradientOp('TanhGrad');
/** dy y (1 - y); y comes first. */
export const SigmoidGrad = gradientOp('SigmoidGrad');

const reason = 'one pass over the values instead of several';

/** The inputs of a node of that op; none of another. */
const take = (s: Sym | undefined, op: string): readonly Sym[] =>
  s !== undefined && s.node.op.name === op ? s.node.inputs : [];
const isOne = (s: Sym | undefined): boolean => s !== undefined && fillValue(s) === 1;

/** What a cotangent is multiplied by, as a gradient of TensorFlow's, which broadcasts nothing. */
function slopeOf(slope: Sym): ((dy: Sym) => Sym) | undefined {
  const [one, square] = take(slope, 'Sub');
  const [y] = take(square, 'Square');
  if (y !== undefined && isOne(one) && sameShape(y.shape, slope.shape))
    return (dy) => TanhGrad.node({ first: y, second: dy });
  const [s, rest] = take(slope, 'Multiply');
  const [unit, same] = take(rest, 'Sub');
  if (s !== undefined && s === same && isOne(unit) && sameShape(s.shape, slope.shape))
    return (dy) => SigmoidGrad.node({ first: s, second: dy });
  return undefined;
}

const isBias = (bias: Sym | undefined, y: Sym): bias is Sym =>
  bias !== undefined && bias.rank === 1 && sameShape(bias.shape, y.shape.slice(-1));

/** The fused product of a small matrix takes longer than its parts: some 10 us more in a step of two layers of 16. */
const SMALL_MATRIX = 1024;
const isSmall = ({ shape }: Sym): boolean => isStatic(shape) && sizeOf(shape) < SMALL_MATRIX;

/** The fused product of a transposed matrix takes longer than its parts, too: with 128 rows, 512 by 10, six times as long. */
const isTransposed = ({ transposeA, transposeB }: Node['attrs']): boolean => transposeA === true || transposeB === true;

/**
 * Activations that go with a product, and with a convolution, and what TensorFlow calls them. Relu and Relu6 do not: fused, they make 0 of
 * a NaN; and a pass of their own takes no longer that could be measured (2-16-1 to 784-512-10, a CNN).
 */
const OF_PRODUCTS = ['Tanh', 'Sigmoid', 'Elu'];
const OF_CONVOLUTIONS = ['Elu'];

export const fusions: readonly FusionRule[] = [
  {
    name: 'gradient-of-an-activation',
    reason,
    op: 'Multiply',
    rewrite: ({ inputs, outputs }, usedOnce) => {
      for (const k of [1, 0]) {
        const [dy, slope] = [inputs[1 - k]!, inputs[k]!];
        const full = [dy, slope].every((s) => s.dtype === 'float32' && sameShape(s.shape, outputs[0]!.shape));
        const gradient = full && usedOnce(k) ? slopeOf(slope) : undefined;
        if (gradient !== undefined) return gradient(dy);
      }
      return undefined;
    },
  },
  {
    name: 'bias-of-a-product',
    reason,
    op: 'Add',
    rewrite: ({ inputs }, usedOnce) => {
      const [y, bias] = inputs as [Sym, Sym];
      const { op, inputs: operands, attrs } = y.node;
      // there are no fused kernels in double precision
      if (!isBias(bias, y) || !usedOnce(0) || isLong(y.node, manyOr(true))) return undefined;
      const [a, b] = operands as [Sym, Sym];
      if (op.name === 'BatchMatMul' && y.rank === 2 && !isTransposed(attrs) && !isSmall(b))
        return MatMulBias.node({ a, b, bias }, { activation: '' });
      if (op.name === 'Conv2D' && isConvolution(y.node))
        return Conv2DBias.node({ x: a, filter: b, bias }, { ...attrs, activation: '', shape: y.shape } as never);
      return undefined;
    },
  },
  ...OF_PRODUCTS.map(
    (op): FusionRule => ({
      name: `${op.toLowerCase()}-of-a-product`,
      reason,
      op,
      rewrite: ({ inputs }, usedOnce) => {
        const { node } = inputs[0]!;
        const fits = node.op === MatMulBias || (node.op === Conv2DBias && OF_CONVOLUTIONS.includes(op));
        if (!fits || node.attrs.activation !== '' || !usedOnce(0)) return undefined;
        const [a, b, bias] = node.inputs as [Sym, Sym, Sym];
        const attrs = { ...node.attrs, activation: op } as never;
        return node.op === MatMulBias
          ? MatMulBias.node({ a, b, bias }, attrs)
          : Conv2DBias.node({ x: a, filter: b, bias }, attrs);
      },
    }),
  ),
];
