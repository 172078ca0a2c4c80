import type { OpDoc } from '../../engine/index.ts';

export { DimValue, dimValue } from '../../engine/index.ts';

export const doc: OpDoc = {
  summary: 'A dim, known or not, as a scalar.',
  forward: 'y = n',
  gradient: {},
  source: 'a constant, once dims are bound',
};
