/**
 * Rules for convolutions on wasm: XNNPACK's are fast, so others are composed of them. The rules match convolutions by name and take the ops
 * from the nodes, so that a bundle without convolutions does not include them.
 */
import type { Dim, FusionRule, LegalizeRule, Node, Sym } from '../../engine/index.ts';
import { inputRecord, pattern } from '../../engine/index.ts';
import { biasOfConvolution, joinConvolution, openConvolution } from '../bias-fusions.ts';
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

/** The total 'same' padding of an axis; negative if the stride is so large that windows skip some of the input. */
const samePadding = (size: number, taps: number, stride: number, dilation: number): number =>
  (Math.ceil(size / stride) - 1) * stride + (taps - 1) * dilation + 1 - size;

interface SpatialAttrs {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly pad: unknown;
  readonly dataFormat: string;
}

/** The convolution with explicit padding, if its windows skip some of the input. */
function withExplicitPad({ op, inputs, arity, attrs }: Node): readonly Sym[] | undefined {
  const { strides, dilations, pad, dataFormat } = attrs as unknown as SpatialAttrs;
  if (pad !== 'same') return undefined;
  const [x, filter] = inputs as [Sym, Sym];
  const first = dataFormat === 'NHWC' ? 1 : 2;
  const paddings = strides.map((stride, i) =>
    samePadding(x.shape[first + i] as number, filter.shape[i] as number, stride, dilations[i]!),
  );
  if (paddings.every((padding) => padding >= 0)) return undefined;
  const pairs = x.shape.map((_, axis): readonly [Dim, Dim] => {
    const padding = Math.max(paddings[axis - first] ?? 0, 0);
    const before = Math.floor(padding / 2);
    return [before, padding - before];
  });
  return op.nodes(inputRecord(op, inputs, arity), { ...attrs, pad: pairs });
}

/** Convolutions with a fused bias and activation. */
const FUSED = ['FusedConv2D', 'FusedDepthwiseConv2D'];

export const convolutionBoundRules: readonly LegalizeRule[] = ['Conv2D', 'DepthwiseConv2dNative', ...FUSED].map(
  (op): LegalizeRule => ({
    name: 'same-padding-in-numbers',
    reason: "XNNPACK treats a negative 'same' padding as a huge one, and ignores the input",
    op,
    rewrite: withExplicitPad,
  }),
);

/** Activations of the fused kernels, by op; without Relu and Relu6, which turn NaN into 0 there. */
const ACTIVATIONS: Readonly<Record<string, string>> = {
  Elu: 'elu',
  LeakyRelu: 'leakyrelu',
  Sigmoid: 'sigmoid',
};

export const convolutionFusions: readonly FusionRule[] = [
  biasOfConvolution,
  ...Object.entries(ACTIVATIONS).map(
    ([op, activation]): FusionRule => ({
      name: `convolution-and-${activation}`,
      reason: 'the activation in the same pass',
      pattern: pattern(op, [openConvolution]),
      rewrite: ({ y }, { attrs: { alpha } }) =>
        joinConvolution(y!.node, {}, { activation, ...(alpha !== undefined && { leakyreluAlpha: alpha }) }),
    }),
  ),
];
