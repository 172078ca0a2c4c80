/** Converts users' axes to those of attributes, and checks ranks and shapes. */
import { compareDims, lift, requireEqual, type Shape, ShapeError, type Sym, type SymLike } from '../../engine/index.ts';

/** One axis, several axes, or null for all. A negative axis counts from the end. */
export type Axes = number | readonly number[] | null;

/** A non-negative axis. @throws ShapeError if there is no such axis */
export function toAxis(axis: number, rank: number): number {
  const at = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(at) || at < 0 || at >= rank) throw new ShapeError(`axis ${axis} of a value of rank ${rank}`);
  return at;
}

/** Non-negative axes in ascending order. @throws ShapeError for an axis that does not exist or is given twice */
export function toAxes(axes: Axes | undefined, rank: number): readonly number[] {
  if (axes === null || axes === undefined) return Array.from({ length: rank }, (_, i) => i);
  const list = typeof axes === 'number' ? [axes] : axes;
  const sorted = list.map((axis) => toAxis(axis, rank)).sort((a, b) => a - b);
  if (new Set(sorted).size < sorted.length)
    throw new ShapeError(`axes [${list.join(', ')}] of a value of rank ${rank}`);
  return sorted;
}

export const withItem = <T>(list: readonly T[], at: number, item: T): readonly T[] =>
  list.map((old, i) => (i === at ? item : old));

/** For shape inference: requires equal shapes, except along the axis `except`, if any. @throws ShapeError */
export function requireSameShape(a: Shape, b: Shape, what: string, except = -1): void {
  if (a.length !== b.length) throw new ShapeError(`${what} have ${a.length} and ${b.length} dimensions`);
  for (const [i, d] of a.entries()) if (i !== except) requireEqual(d, b[i]!, `dimension ${i} of ${what}`);
}

/** Whether two shapes may be equal, without broadcasting of 1s. */
export const mayBeSame = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((d, i) => compareDims(d, b[i]!) !== 'different' && (d === 1) === (b[i] === 1));

/** An argument with this rank, for builders with a rank in their name. @throws ShapeError */
export function ofRank(x: SymLike, rank: number, builder: string): Sym {
  const sym = lift(x);
  if (sym.rank !== rank) throw new ShapeError(`${builder}: a value of rank ${sym.rank}, not ${rank}`);
  return sym;
}
