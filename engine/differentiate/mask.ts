/**
 * Where-safe cotangents. A Select passes its condition along with the cotangent, and the mask is applied again after the rule of
 * every elementwise op below it: what the Select did not choose gets exactly 0, where the chain rule alone gives 0 * inf = NaN.
 */
import type { Sym } from '../build/sym.ts';
import { broadcastAxes } from '../primitives/broadcast-to.ts';
import { cast } from '../primitives/cast.ts';
import { fill, zeroCotangent } from '../primitives/fill.ts';
import { reshape } from '../primitives/reshape.ts';
import { select } from '../primitives/select.ts';
import { sumAxes } from '../primitives/sum.ts';
import type { Shape } from '../types.ts';

// bool algebra by Select alone: the engine knows no logical ops
const no = (): Sym => fill([], 0, 'bool');
const yes = (): Sym => fill([], 1, 'bool');
export const not = (a: Sym): Sym => select(a, no(), yes());
export const and = (a: Sym | undefined, b: Sym): Sym => (a === undefined ? b : select(a, b, no()));
export const or = (a: Sym, b: Sym): Sym => (a === b ? a : select(a, yes(), b));

/** The value where the mask holds, else 0. */
export const applyMask = (mask: Sym | undefined, value: Sym): Sym =>
  mask === undefined ? value : select(mask, value, zeroCotangent({ dtype: value.dtype, shape: [] }));

/** The mask of a value that was broadcast to the mask's shape: true where any of its copies is. */
export function unbroadcastMask(mask: Sym, shape: Shape): Sym {
  const axes = broadcastAxes(shape, mask.shape);
  if (axes.length === 0) return mask;
  return reshape(cast(sumAxes(cast(mask, 'int32'), axes), 'bool'), keptDims(mask.shape, axes, shape.length));
}

/** A shape with 1 for the summed axes, without the leading ones that a value of that rank does not have. */
export const keptDims = (shape: Shape, axes: readonly number[], rank: number): Shape =>
  shape.map((d, i) => (axes.includes(i) ? 1 : d)).slice(Math.max(shape.length - rank, 0));
