import type { OpDoc } from '../../engine/index.ts';

export { Reshape, reshape } from '../../engine/index.ts';

export const doc: OpDoc = {
  summary: 'The same elements under another shape.',
  forward: 'y = x',
  gradient: { x: '\\bar y' },
  source: 'CSE473, section 5.4: gradients of matrices as vectors',
};
