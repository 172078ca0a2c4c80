/** Sum: the sum over axes, and the shapes of reductions. */
import { attr } from '../attr.ts';
import type { Sym } from '../build/sym.ts';
import { DTypeError, ShapeError } from '../errors.ts';
import { defineOp } from '../op.ts';
import type { Shape } from '../types.ts';
import { broadcastTo } from './broadcast-to.ts';
import { reshape } from './reshape.ts';

/** The shape after a reduction: reduced axes are removed, or become 1 with `keepDims`. */
export const reducedShape = (shape: Shape, axis: readonly number[], keepDims: boolean): Shape =>
  keepDims ? shape.map((d, i) => (axis.includes(i) ? 1 : d)) : shape.filter((_, i) => !axis.includes(i));

/** For shape inference: requires axes to be in range, non-negative and ascending, as builders pass them. @throws ShapeError */
export function requireAxes(axis: readonly number[], rank: number): void {
  axis.forEach((a, i) => {
    if (a < 0 || a >= rank || (i > 0 && a <= axis[i - 1]!))
      throw new ShapeError(`axis [${axis.join(', ')}] of a value of rank ${rank}`);
  });
}

export const Sum = defineOp({
  name: 'Sum',
  inputs: ['x'],
  attrs: { axis: attr.ints(), keepDims: attr.bool(false) },
  infer: ({ x }, { axis, keepDims }) => {
    if (x.dtype === 'bool') throw new DTypeError('a sum of bool; cast to int32 first');
    requireAxes(axis, x.shape.length);
    return [{ dtype: x.dtype, shape: reducedShape(x.shape, axis, keepDims) }];
  },
  lowering: [{ kind: 'kernel' }],
  traits: { linear: ['x'], partwise: true, routes: { x: 'whole' } },
  simplify: ({ x }, { axis, keepDims }) => {
    if (axis.length === 0) return x;
    // a sum over dims of size 1 is a reshape
    return axis.every((a) => x.shape[a] === 1) ? reshape(x, reducedShape(x.shape, axis, keepDims)) : undefined;
  },
  gradient: { x: ({ x }, { dy, attrs }) => broadcastTo(reshape(dy, reducedShape(x.shape, attrs.axis, true)), x.shape) },
});

/** Sum over the given axes (non-negative, ascending). */
export const sumAxes = (x: Sym, axis: readonly number[], keepDims = false): Sym =>
  axis.length === 0 ? x : Sum.node({ x }, { axis, keepDims });
