import { lift, type OpDoc, reshape, type Sym, type SymLike } from '../../engine/index.ts';
import { toAxis } from './axis.ts';

/** Inserts a dimension of size 1 at `axis`; -1 is after the last dimension. @throws ShapeError */
export function expandDims(x: SymLike, axis = 0): Sym {
  const sym = lift(x);
  const at = toAxis(axis, sym.rank + 1);
  return reshape(sym, [...sym.shape.slice(0, at), 1, ...sym.shape.slice(at)]);
}

export const doc: OpDoc = {
  summary: 'A dimension of size 1 more.',
  forward: 'y = x',
  gradient: { x: '\\bar y' },
  source: 'a view: the same elements under another shape',
};
