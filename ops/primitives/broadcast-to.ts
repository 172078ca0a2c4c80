import type { OpDoc } from '../../engine/index.ts';

export { BroadcastTo, broadcastTo } from '../../engine/index.ts';

export const doc: OpDoc = {
  summary: 'Copies along leading dimensions and those of size 1.',
  forward: 'y_{i j} = x_j',
  gradient: { x: '\\sum_i \\bar y_{i j}' },
  source: 'the adjoint of copying is summing; CSE473, sum rule (5.47)',
};
