/** Parameter: an input of a Function. */
import { attr } from '../attr.ts';
import { defineOp } from '../op.ts';

/** A parameter of a Function's body, identified by its index. */
export const Parameter = defineOp({
  name: 'Parameter',
  inputs: [],
  attrs: { index: attr.int(), dtype: attr.dtype('float32'), shape: attr.shape() },
  infer: (_inputs, { dtype, shape }) => [{ dtype, shape }],
  lowering: [{ kind: 'kernel' }],
  traits: { leaf: 'parameter' },
  gradient: {},
});
