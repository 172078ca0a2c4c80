/** Placeholder: a value that every run is fed. */
import { attr } from '../attr.ts';
import { defineOp } from '../op.ts';

export const Placeholder = defineOp({
  name: 'Placeholder',
  inputs: [],
  attrs: { name: attr.string(), dtype: attr.dtype('float32'), shape: attr.shape() },
  infer: (_inputs, { dtype, shape }) => [{ dtype, shape }],
  lowering: [{ kind: 'kernel' }],
  traits: { leaf: 'feed' },
  gradient: {},
});
