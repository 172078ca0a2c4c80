import type { OpDoc } from '../../engine/index.ts';

export { StopGradient, stopGradient } from '../../engine/index.ts';

export const doc: OpDoc = {
  summary: 'The value itself; a constant to every gradient.',
  forward: 'y = x',
  gradient: { x: 'zero' },
  source: 'by definition',
};
