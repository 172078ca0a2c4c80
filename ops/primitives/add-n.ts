import type { OpDoc } from '../../engine/index.ts';

export { AddN, addN } from '../../engine/index.ts';

export const doc: OpDoc = {
  summary: 'Sum of several values of one type.',
  forward: 'y = \\sum_k x_k',
  gradient: { inputs: '\\bar y' },
  source: 'CSE473, sum rule (5.47)',
};
