/** Convolutions on wasm: what XNNPACK computes is fast, and everything else is made of that. */
import type { LegalizeRule } from '../../engine/index.ts';
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
    reason: 'the kernel, plain loops, takes many times as long as convolutions of images',
    op: 'Conv3D',
    rewrite: asComposite,
  },
];
