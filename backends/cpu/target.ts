/** The cpu backend's target. */
import { longProductsApart } from '../long-reductions.ts';
import { isPoolingKernel } from '../pooling-kernels.ts';
import type { TfjsTarget } from '../target.ts';
import { computes } from './capabilities.ts';

export const target: TfjsTarget = {
  name: 'cpu',
  computes: (node) =>
    (isPoolingKernel(node.op.name) && node.inputs.every((s) => s.dtype === 'float32')) || computes(node),
  rules: [],
  boundRules: [longProductsApart],
};
