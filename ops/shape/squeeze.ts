import { lift, type OpDoc, reshape, ShapeError, type Sym, type SymLike } from '../../engine/index.ts';
import { toAxes } from './axis.ts';

/** Removes dimensions of size 1: all of them, or the given ones. @throws ShapeError for a given dimension of another size */
export function squeeze(x: SymLike, axis?: readonly number[]): Sym {
  const sym = lift(x);
  const given = axis === undefined || axis.length === 0 ? undefined : toAxes(axis, sym.rank);
  for (const a of given ?? []) {
    if (sym.shape[a] !== 1) throw new ShapeError(`squeeze: dimension ${a} is ${sym.shape[a]}, not 1`);
  }
  return reshape(
    sym,
    sym.shape.filter((d, i) => d !== 1 || given?.includes(i) === false),
  );
}

export const doc: OpDoc = {
  summary: 'Without dimensions of size 1.',
  forward: 'y = x',
  gradient: { x: '\\bar y' },
  source: 'a view: the same elements under another shape',
};
