/** Axes as users write them, and as attributes hold them. */
import { compareDims, lift, requireEqual, type Shape, ShapeError, type Sym, type SymLike } from '../../engine/index.ts';

/** One axis, several, or null for all. A negative axis counts from the end. */
export type Axes = number | readonly number[] | null;

/** An axis counted from the front. @throws ShapeError where there is no such axis */
export function toAxis(axis: number, rank: number): number {
  const at = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(at) || at < 0 || at >= rank) throw new ShapeError(`axis ${axis} of a value of rank ${rank}`);
  return at;
}

/** Axes counted from the front, ascending. @throws ShapeError for one that is not there, or given twice */
export function toAxes(axes: Axes | undefined, rank: number): readonly number[] {
  if (axes === null || axes === undefined) return Array.from({ length: rank }, (_, i) => i);
  const list = typeof axes === 'number' ? [axes] : axes;
  const sorted = list.map((axis) => toAxis(axis, rank)).sort((a, b) => a - b);
  if (new Set(sorted).size < sorted.length)
    throw new ShapeError(`axes [${list.join(', ')}] of a value of rank ${rank}`);
  return sorted;
}

/** The list with another item at one place. */
export const withItem = <T>(list: readonly T[], at: number, item: T): readonly T[] =>
  list.map((old, i) => (i === at ? item : old));

/** For shape inference: requires shapes to be equal, but for one axis, perhaps. @throws ShapeError */
export function requireSameShape(a: Shape, b: Shape, what: string, except = -1): void {
  if (a.length !== b.length) throw new ShapeError(`${what} have ${a.length} and ${b.length} dimensions`);
  for (const [i, d] of a.entries()) if (i !== except) requireEqual(d, b[i]!, `dimension ${i} of ${what}`);
}

/** Whether two shapes are not known to differ, where a 1 is not to be stretched. */
export const mayBeSame = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((d, i) => compareDims(d, b[i]!) !== 'different' && (d === 1) === (b[i] === 1));

/** An argument that must have this rank: for the builders with a rank in their name. @throws ShapeError */
export function ofRank(x: SymLike, rank: number, builder: string): Sym {
  const sym = lift(x);
  if (sym.rank !== rank) throw new ShapeError(`${builder}: a value of rank ${sym.rank}, not ${rank}`);
  return sym;
}
