/** Variable: a value that a store keeps between runs. */
import { attr } from '../attr.ts';
import { isStatic } from '../dim/index.ts';
import { ShapeError } from '../errors.ts';
import { initializerAttr } from '../initializer.ts';
import { defineOp } from '../op.ts';

/** A value in a `Variables` store, under its name. */
export const Variable = defineOp({
  name: 'Variable',
  inputs: [],
  attrs: {
    name: attr.string(),
    dtype: attr.dtype('float32'),
    shape: attr.shape(),
    trainable: attr.bool(true),
    init: initializerAttr,
  },
  infer: (_inputs, { name, dtype, shape }) => {
    if (!isStatic(shape)) throw new ShapeError(`variable '${name}' needs a known shape, got [${shape.join(', ')}]`);
    return [{ dtype, shape }];
  },
  lowering: [{ kind: 'kernel' }],
  traits: { leaf: 'variable' },
  gradient: {},
});
