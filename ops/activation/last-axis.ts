/** Axis handling of softmax and logSoftmax, whose kernels support the last axis only. */
import { ShapeError, type Sym, type TensorType } from '../../engine/index.ts';
import { transpose } from '../matrix/transpose.ts';

/** Requires the last axis, as a non-negative number. @throws ShapeError */
export function requireLastAxis({ shape }: TensorType, axis: number): void {
  if (shape.length === 0 || axis !== shape.length - 1)
    throw new ShapeError(`axis ${axis} of a value of rank ${shape.length}; it must be the last`);
}

/** Applies `f`, which supports the last axis only, along any axis. A negative axis counts from the end. @throws ShapeError */
export function alongAxis(x: Sym, axis: number, f: (x: Sym, last: number) => Sym): Sym {
  const last = x.rank - 1;
  const at = axis < 0 ? axis + x.rank : axis;
  if (!(at >= 0 && at <= last)) throw new ShapeError(`axis ${axis} of a value of rank ${x.rank}`);
  if (at === last) return f(x, last);
  const swap = x.shape.map((_, i) => (i === at ? last : i === last ? at : i));
  return transpose(f(transpose(x, swap), last), swap);
}
