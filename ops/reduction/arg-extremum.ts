/** What argMax and argMin share. */
import { DTypeError, requireAtLeast, type TensorType } from '../../engine/index.ts';
import { toAxis } from '../shape/axis.ts';

/** int32, without the axis. @throws DTypeError, ShapeError where there is nothing to choose from */
export function inferArg(x: TensorType, axis: number): readonly TensorType[] {
  if (x.dtype !== 'float32' && x.dtype !== 'int32') throw new DTypeError(`x is ${x.dtype}, not float32 or int32`);
  requireAtLeast(x.shape[toAxis(axis, x.shape.length)]!, 1, 'the number of elements to choose from');
  return [{ dtype: 'int32', shape: x.shape.filter((_, i) => i !== axis) }];
}
