/** What tfjs's cpu backend lacks, computes wrongly or slowly, and what stands in for it. */
import type { LegalizeRule } from '../../engine/index.ts';
import { asComposite } from '../rules.ts';

export const rules: readonly LegalizeRule[] = ['Conv2DBackpropFilter', 'DepthwiseConv2dNativeBackpropFilter'].map(
  (op) => ({
    name: 'filter-gradient-as-convolution',
    reason: 'the kernel, which looks up every element by its indices, takes 20 to 60 times as long as a convolution',
    op,
    rewrite: asComposite,
  }),
);
