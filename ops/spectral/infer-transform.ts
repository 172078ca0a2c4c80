import { DTypeError, ShapeError, type TensorType } from '../../engine/index.ts';

/** The type of a transform of complex values over their last axis. @throws DTypeError, ShapeError */
export function inferTransform(input: TensorType): readonly TensorType[] {
  if (input.dtype !== 'complex64') throw new DTypeError(`a transform of ${input.dtype}, not complex64`);
  if (input.shape.length === 0) throw new ShapeError('a scalar has no axis to transform');
  return [input];
}
