/** The definition that argMax and argMin share. */
import { attr, DTypeError, defineOp, requireAtLeast, ZERO } from '../../engine/index.ts';
import { toAxis } from '../shape/axis.ts';

/** Defines an op that selects an index along an axis, as int32, without the axis. An empty axis is a ShapeError. */
export const defineArg = (name: string) =>
  defineOp({
    name,
    inputs: ['x'],
    attrs: { axis: attr.int() },
    infer: ({ x }, { axis }) => {
      if (x.dtype !== 'float32' && x.dtype !== 'int32') throw new DTypeError(`x is ${x.dtype}, not float32 or int32`);
      requireAtLeast(x.shape[toAxis(axis, x.shape.length)]!, 1, 'the number of elements to choose from');
      return [{ dtype: 'int32', shape: x.shape.filter((_, i) => i !== axis) }];
    },
    lowering: [{ kind: 'kernel' }],
    gradient: { x: ZERO },
  });
