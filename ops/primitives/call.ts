import type { OpDoc } from '../../engine/index.ts';

export { Call, customGradient } from '../../engine/index.ts';

export const doc: OpDoc = {
  summary: 'A function with gradient rules of its own.',
  forward: 'y = f(x)',
  gradient: { args: 'r(x, y, \\bar y)', captured: 'none', ruleCaptured: 'zero' },
  source: 'by definition',
};
