/** Fusions into TensorFlow's fused ops. The ops defined here belong to this backend and are made only by these rules, in the last pass. */
import type { FusionRule, Node, Sym } from '../../engine/index.ts';
import { attr, defineOp, isStatic, NOT_DIFFERENTIABLE, pattern, sameShape, sizeOf } from '../../engine/index.ts';
import { imageAttrs } from '../../ops/convolution/convolution.ts';
import { isConvolution } from './lowerings/convolution.ts';
import { isLong, manyOr } from './lowerings/long.ts';

/** No gradient is needed: these ops are made after differentiation. */
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

/** An op on two values of one shape. It lacks the trait `elementwise`, since it does not broadcast. */
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

/** Whether no operand is broadcast, which TensorFlow's gradient ops do not support. */
const isFull = (values: readonly Sym[], { outputs }: Node): boolean =>
  values.every((s) => s.dtype === 'float32' && sameShape(s.shape, outputs[0]!.shape));

/** Whether it is a bias per column or channel of `y`, and `y` is not computed in double precision, which has no fused kernels. */
const isBias = (bias: Sym, y: Sym): boolean =>
  sameShape(bias.shape, y.shape.slice(-1)) && !isLong(y.node, manyOr(true));
const isLinear = ({ attrs }: Node): boolean => attrs.activation === '';

/** For smaller matrices the fused product is slower than separate ops: some 10 us more in a step of two layers of 16. */
const SMALL_MATRIX = 1024;
const isSmall = ({ shape }: Sym): boolean => isStatic(shape) && sizeOf(shape) < SMALL_MATRIX;

/** The fused product of a transposed matrix is slower than separate ops, too: with 128 rows, 512 by 10, six times. */
const isTransposed = ({ transposeA, transposeB }: Node['attrs']): boolean => transposeA === true || transposeB === true;

/**
 * Activations that are fused into products and convolutions, by TensorFlow's names. Relu and Relu6 are not: fused, they turn NaN into 0, and
 * a separate op takes no measurably longer (2-16-1 to 784-512-10, a CNN).
 */
const OF_PRODUCTS = ['Tanh', 'Sigmoid', 'Elu'];
const OF_CONVOLUTIONS = ['Elu'];

export const fusions: readonly FusionRule[] = [
  {
    name: 'gradient-of-tanh',
    reason,
    pattern: pattern('Multiply', ['dy', pattern('Sub', [1, pattern('Square', ['y'])])]),
    rewrite: ({ dy, y }, node) => (isFull([dy!, y!], node) ? TanhGrad.node({ first: y!, second: dy! }) : undefined),
  },
  {
    name: 'gradient-of-sigmoid',
    reason,
    pattern: pattern('Multiply', ['dy', pattern('Multiply', ['y', pattern('Sub', [1, 'y'])])]),
    rewrite: ({ dy, y }, node) => (isFull([dy!, y!], node) ? SigmoidGrad.node({ first: y!, second: dy! }) : undefined),
  },
  {
    name: 'bias-of-a-product',
    reason,
    pattern: pattern('Add', [pattern('BatchMatMul', ['a', 'b'], { as: 'y' }), 'bias']),
    rewrite: ({ a, b, bias, y }) =>
      isBias(bias!, y!) && y!.rank === 2 && !isTransposed(y!.node.attrs) && !isSmall(b!)
        ? MatMulBias.node({ a: a!, b: b!, bias: bias! }, { activation: '' })
        : undefined,
  },
  {
    name: 'bias-of-a-convolution',
    reason,
    pattern: pattern('Add', [pattern('Conv2D', ['x', 'filter'], { as: 'y', when: isConvolution }), 'bias']),
    rewrite: ({ x, filter, bias, y }) =>
      isBias(bias!, y!)
        ? Conv2DBias.node({ x: x!, filter: filter!, bias: bias! }, {
            ...y!.node.attrs,
            activation: '',
            shape: y!.shape,
          } as never)
        : undefined,
  },
  ...OF_PRODUCTS.map(
    (op): FusionRule => ({
      name: `${op.toLowerCase()}-of-a-product`,
      reason,
      pattern: pattern(op, [pattern('MatMulBias', ['a', 'b', 'bias'], { when: isLinear })]),
      rewrite: ({ a, b, bias }) => MatMulBias.node({ a: a!, b: b!, bias: bias! }, { activation: op }),
    }),
  ),
  ...OF_CONVOLUTIONS.map(
    (op): FusionRule => ({
      name: `${op.toLowerCase()}-of-a-convolution`,
      reason,
      pattern: pattern(op, [pattern('Conv2DBias', ['x', 'filter', 'bias'], { as: 'y', when: isLinear })]),
      rewrite: ({ x, filter, bias, y }) =>
        Conv2DBias.node({ x: x!, filter: filter!, bias: bias! }, { ...y!.node.attrs, activation: op } as never),
    }),
  ),
];
