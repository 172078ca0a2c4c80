/** Convolutions on wasm: what XNNPACK computes is fast, and everything else is made of that. */
import {
  type FusionRule,
  inputRecord,
  type LegalizeRule,
  type Node,
  Reshape,
  type Sym,
  sameShape,
} from '../../engine/index.ts';
import { Conv2D } from '../../ops/convolution/conv2d.ts';
import { DepthwiseConv2dNative } from '../../ops/convolution/depthwise-conv2d.ts';
import type { ConvolutionActivation, FusedAttrs, FusedConvolution } from '../../ops/convolution/fused.ts';
import { FusedConv2D, fusedConv2d } from '../../ops/convolution/fused-conv2d.ts';
import { FusedDepthwiseConv2D, fusedDepthwiseConv2d } from '../../ops/convolution/fused-depthwise-conv2d.ts';
import { explicitPad, type WindowAttrs, windowsOf } from '../../ops/convolution/geometry.ts';
import { asComposite } from '../rules.ts';

export const convolutionRules: readonly LegalizeRule[] = [
  {
    name: 'input-gradient-as-convolution',
    reason: 'the kernel, plain loops, takes 5 times as long as a convolution',
    op: 'Conv2DBackpropInput',
    rewrite: asComposite,
  },
  {
    name: 'volumes-as-images',
    reason: 'the kernel, plain loops, takes 40 times as long as convolutions of images',
    op: 'Conv3D',
    rewrite: asComposite,
  },
];

/** The same convolution with its padding in numbers, where windows are so far apart that they leave some of the input out. */
function withExplicitPad({ op, inputs, arity, attrs }: Node): readonly Sym[] | undefined {
  const given = attrs as unknown as WindowAttrs;
  if (given.pad !== 'same') return undefined;
  const [x, filter] = inputs;
  const windows = windowsOf(x!.shape, filter!.shape.slice(0, -2), given);
  const reach = (w: (typeof windows)[number]): number => ((w.count as number) - 1) * w.stride + (w.reach as number);
  if (windows.every((w) => reach(w) >= (w.size as number))) return undefined;
  return op.nodes(inputRecord(op, inputs, arity), { ...attrs, pad: explicitPad(windows, given.dataFormat) });
}

export const convolutionBoundRules: readonly LegalizeRule[] = [
  Conv2D,
  DepthwiseConv2dNative,
  FusedConv2D,
  FusedDepthwiseConv2D,
].map(
  ({ name }): LegalizeRule => ({
    name: 'same-padding-in-numbers',
    reason: 'XNNPACK, asked for same padding, takes a negative one for a huge one, and leaves out what there is',
    op: name,
    rewrite: withExplicitPad,
  }),
);

/** A convolution, or one with a bias already, as arguments of the fused one; and that one's builder. */
function fusable({ op, inputs, attrs }: Node): [FusedConvolution, (c: FusedConvolution) => Sym] | undefined {
  const dense = op === Conv2D || op === FusedConv2D;
  if (!dense && op !== DepthwiseConv2dNative && op !== FusedDepthwiseConv2D) return undefined;
  const [x, filter, bias] = inputs;
  const given = attrs as unknown as FusedAttrs;
  if ((given.activation ?? 'linear') !== 'linear') return undefined;
  return [{ ...given, x: x!, filter: filter!, bias }, dense ? fusedConv2d : fusedDepthwiseConv2d];
}

/** Activations that the fused kernels have, by op. */
const ACTIVATIONS: Readonly<Record<string, ConvolutionActivation>> = {
  Elu: 'elu',
  LeakyRelu: 'leakyrelu',
  Relu: 'relu',
  Relu6: 'relu6',
  Sigmoid: 'sigmoid',
};

export const convolutionFusions: readonly FusionRule[] = [
  {
    name: 'convolution-and-bias',
    reason: 'one pass over the output instead of two',
    op: 'Add',
    rewrite: ({ inputs }, usedOnce) => {
      const [y, bias] = inputs as [Sym, Sym];
      const [convolution, build] = fusable(y.node) ?? [];
      if (convolution === undefined || convolution.bias !== undefined || !usedOnce(0)) return undefined;
      // the kernel looks at the shape of the bias's buffer
      if (bias.node.op === Reshape || !sameShape(bias.shape, y.shape.slice(3))) return undefined;
      return build!({ ...convolution, bias });
    },
  },
  ...Object.entries(ACTIVATIONS).map(
    ([op, activation]): FusionRule => ({
      name: `convolution-and-${activation}`,
      reason: 'the activation in the same pass',
      op,
      rewrite: ({ inputs, attrs }, usedOnce) => {
        const [convolution, build] = fusable(inputs[0]!.node) ?? [];
        if (convolution === undefined || !usedOnce(0)) return undefined;
        return build!({ ...convolution, activation, leakyreluAlpha: attrs.alpha as number | undefined });
      },
    }),
  ),
];
