import { defineOp } from '../op.ts';

/**
 * The state that every random op draws from, int32[4]: the words of the store's seed, then those of its run counter
 * (see engine/random.ts). A leaf, so Functions capture it like any node.
 */
export const RandomState = defineOp({
  name: 'RandomState',
  inputs: [],
  infer: () => [{ dtype: 'int32', shape: [4] }],
  lowering: [{ kind: 'kernel' }],
  traits: { leaf: 'random' },
  gradient: {},
});
