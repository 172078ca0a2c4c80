/** What tfjs's cpu backend lacks, computes wrongly or slowly, and what stands in for it. */
import type { LegalizeRule } from '../../engine/index.ts';
import { asComposite } from '../rules.ts';

const reason = 'the kernel, which looks up every element by its indices, takes 9 (depthwise) to 56 times as long';

export const rules: readonly LegalizeRule[] = [
  { name: 'filter-gradient-as-convolution', reason, op: 'Conv2DBackpropFilter', rewrite: asComposite },
  {
    name: 'depthwise-filter-gradient-as-convolution',
    reason,
    op: 'DepthwiseConv2dNativeBackpropFilter',
    rewrite: asComposite,
  },
];
