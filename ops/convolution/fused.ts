/** Shared by the fused convolutions: a convolution followed by a bias and an activation. */
import type { Shape, Sym, SymLike, TensorType } from '../../engine/index.ts';
import { attr, broadcastShapes, formatShape, reshape, ShapeError, sameShape } from '../../engine/index.ts';
import { elu } from '../activation/elu.ts';
import { leakyRelu } from '../activation/leaky-relu.ts';
import { prelu } from '../activation/prelu.ts';
import { relu } from '../activation/relu.ts';
import { relu6 } from '../activation/relu6.ts';
import { sigmoid } from '../activation/sigmoid.ts';
import { add } from '../elementwise/add.ts';
import { float } from '../elementwise/unary.ts';
import type { DataFormat, OutChannels } from './convolution.ts';
import { batched, imageAttrs, inferForward, requireFloats, toAttrs } from './convolution.ts';
import type { Padding, PerAxis, Rounding, WindowAttrs } from './geometry.ts';

const ACTIVATIONS = ['linear', 'relu', 'relu6', 'prelu', 'leakyrelu', 'sigmoid', 'elu'] as const;
export type ConvolutionActivation = (typeof ACTIVATIONS)[number];

export const fusedAttrs = {
  ...imageAttrs,
  activation: /* @__PURE__ */ attr.oneOf(ACTIVATIONS, 'linear'),
  leakyreluAlpha: /* @__PURE__ */ attr.number(0.2),
};

export interface FusedAttrs extends WindowAttrs {
  readonly activation: ConvolutionActivation;
  readonly leakyreluAlpha: number;
}

/** The arguments of fused convolutions' builders, as in tf.fused. */
export interface FusedConvolution {
  readonly x: SymLike;
  readonly filter: SymLike;
  readonly strides: PerAxis;
  readonly pad: Padding;
  readonly dataFormat?: DataFormat | undefined;
  readonly dilations?: PerAxis | undefined;
  readonly dimRoundingMode?: Rounding | undefined;
  /** A scalar, or a vector over the output channels; with channels last, anything that broadcasts. */
  readonly bias?: SymLike | undefined;
  readonly activation?: ConvolutionActivation | undefined;
  /** For 'prelu'; a shape as for the bias. */
  readonly preluActivationWeights?: SymLike | undefined;
  /** For 'leakyrelu'; 0.2 by default. */
  readonly leakyreluAlpha?: number | undefined;
}

export const FUSED_INPUTS = ['x', 'filter', 'bias?', 'preluActivationWeights?'] as const;
interface FusedInputs<V> {
  readonly x: V;
  readonly filter: V;
  readonly bias?: V;
  readonly preluActivationWeights?: V;
}

/** The type of a fused convolution's output. @throws ShapeError, DTypeError */
export function inferFused(
  { x, filter, bias, preluActivationWeights }: FusedInputs<TensorType>,
  attrs: FusedAttrs,
  outChannels: OutChannels,
): readonly TensorType[] {
  const [y] = inferForward(x, filter, attrs, outChannels);
  requireFloats({ bias, preluActivationWeights });
  if ((attrs.activation === 'prelu') !== (preluActivationWeights !== undefined))
    throw new ShapeError(
      `activation '${attrs.activation}' ${preluActivationWeights === undefined ? 'without' : 'with'} preluActivationWeights`,
    );
  for (const [name, type] of Object.entries({ bias, preluActivationWeights })) {
    if (type === undefined) continue;
    const shape = broadcastShapes(y!.shape, aligned(type.shape, attrs.dataFormat));
    if (!sameShape(shape, y!.shape))
      throw new ShapeError(
        `${name}, ${formatShape(type.shape)}, does not broadcast to the output, ${formatShape(y!.shape)}`,
      );
  }
  return [y!];
}

/** The node of a fused convolution; x may lack a batch. */
export function fuse(
  op: { node(inputs: FusedInputs<Sym>, attrs: FusedAttrs): Sym },
  { x, filter, bias, preluActivationWeights, ...rest }: FusedConvolution,
): Sym {
  const { strides, pad, dataFormat, dilations, dimRoundingMode, activation = 'linear', leakyreluAlpha = 0.2 } = rest;
  return batched(x, 4, (images) =>
    op.node(
      {
        x: images,
        filter: float(filter),
        ...(bias !== undefined && { bias: float(bias) }),
        ...(preluActivationWeights !== undefined && { preluActivationWeights: float(preluActivationWeights) }),
      },
      { ...toAttrs(2, [strides, pad, dataFormat, dilations, dimRoundingMode]), activation, leakyreluAlpha },
    ),
  );
}

/** With channels first, a vector is aligned with the channels. */
const aligned = (shape: Shape, dataFormat: string): Shape =>
  dataFormat === 'NCHW' && shape.length === 1 ? [...shape, 1, 1] : shape;

/** Applies the bias and the activation without a fused kernel. */
export function afterConvolution(
  y: Sym,
  bias: Sym | undefined,
  weights: Sym | undefined,
  { activation, leakyreluAlpha, dataFormat }: FusedAttrs,
): Sym {
  const align = (s: Sym): Sym => reshape(s, aligned(s.shape, dataFormat));
  const z = bias === undefined ? y : add(y, align(bias));
  switch (activation) {
    case 'linear':
      return z;
    case 'relu':
      return relu(z);
    case 'relu6':
      return relu6(z);
    case 'prelu':
      return prelu(z, align(weights!));
    case 'leakyrelu':
      return leakyRelu(z, leakyreluAlpha);
    case 'sigmoid':
      return sigmoid(z);
    case 'elu':
      return elu(z);
  }
}
