/** Takes equally spaced elements along an axis, and the adjoint of that: windows, strides and dilations are built from both. */
import { type Dim, dim, product, reshape, type Sym } from '../../engine/index.ts';
import { withItem } from '../shape/axis.ts';
import { pad } from '../shape/pad.ts';
import { slice } from '../shape/slice.ts';

/** The `count` elements at offset, offset + step, ... along an axis. */
export function every(x: Sym, axis: number, offset: Dim, step: number, count: Dim): Sym {
  const [outer, size, inner] = [product(x.shape.slice(0, axis)), x.shape[axis]!, product(x.shape.slice(axis + 1))];
  const span = dim.mul(count, step);
  // pads to a whole number of steps, and takes the first element of each
  const missing = step === 1 ? 0 : dim.max(0, dim.sub(dim.add(offset, span), size));
  const whole = pad(reshape(x, [outer, size, inner]), [
    [0, 0],
    [0, missing],
    [0, 0],
  ]);
  const steps = reshape(slice(whole, [0, offset, 0], [outer, span, inner]), [outer, count, dim.mul(step, inner)]);
  return reshape(slice(steps, [0, 0, 0], [outer, count, inner]), withItem(x.shape, axis, count));
}

/** The adjoint of `every`: an axis of this size, with y's elements at offset, offset + step, ... and zeros elsewhere. */
export function spread(y: Sym, axis: number, offset: Dim, step: number, size: Dim): Sym {
  const [outer, count, inner] = [product(y.shape.slice(0, axis)), y.shape[axis]!, product(y.shape.slice(axis + 1))];
  const span = dim.mul(count, step);
  const rest = dim.sub(size, offset);
  const kept = step === 1 ? span : dim.min(span, rest);
  const steps = pad(reshape(y, [outer, count, inner]), [
    [0, 0],
    [0, 0],
    [0, dim.mul(step - 1, inner)],
  ]);
  const whole = slice(reshape(steps, [outer, span, inner]), [0, 0, 0], [outer, kept, inner]);
  const padded = pad(whole, [
    [0, 0],
    [offset, dim.sub(rest, kept)],
    [0, 0],
  ]);
  return reshape(padded, withItem(y.shape, axis, size));
}

/** A filter with zeros inserted between its elements; dilations go with its leading axes. */
export const dilate = (filter: Sym, dilations: readonly number[]): Sym =>
  dilations.reduce((w, d, axis) => spread(w, axis, 0, d, dim.add(dim.mul(dim.sub(w.shape[axis]!, 1), d), 1)), filter);
