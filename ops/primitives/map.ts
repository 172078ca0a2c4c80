import type { OpDoc } from '../../engine/index.ts';

export { MapOp, map } from '../../engine/index.ts';

export const doc: OpDoc = {
  summary: 'A function over the leading axis; its results stacked, or summed.',
  forward: 'y_k = f(x_k, c)',
  gradient: {
    mapped: '\\bar y_k \\, \\partial f / \\partial x_k',
    captured: '\\sum_k \\bar y_k \\, \\partial f / \\partial c',
  },
  source: 'CSE473, sum rule (5.47) and chain rule (5.48)',
};
