import type { OpDoc } from '../../engine/index.ts';

export { Cast, cast } from '../../engine/index.ts';

export const doc: OpDoc = {
  summary:
    'To another dtype: a float is truncated to an integer, a bool is x != 0, a complex number becomes its real part.',
  forward: 'y = x',
  gradient: { x: '\\bar y, \\text{ zero through integers and bools}' },
  source: 'the identity, where both are floats; an integer carries no gradient',
};
