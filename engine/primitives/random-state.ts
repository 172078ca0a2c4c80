/** RandomState: the seed and run counter that random ops draw from. */
import { defineOp } from '../op.ts';

/**
 * int32[4]: two 32-bit words of the store's seed, then two of its run counter (see engine/random.ts). A leaf, so Functions capture it
 * like any node.
 */
export const RandomState = defineOp({
  name: 'RandomState',
  inputs: [],
  infer: () => [{ dtype: 'int32', shape: [4] }],
  lowering: [{ kind: 'kernel' }],
  traits: { leaf: 'random' },
  gradient: {},
});
