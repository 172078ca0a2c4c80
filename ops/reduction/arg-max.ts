import { lift, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { toAxis } from '../shape/axis.ts';
import { defineArg } from './arg-extremum.ts';

export const ArgMax = defineArg('ArgMax');

/** The index of the largest element along an axis, the first in a tie. @throws ShapeError */
export function argMax(x: SymLike, axis = 0): Sym {
  const sym = lift(x);
  return ArgMax.node({ x: sym }, { axis: toAxis(axis, sym.rank) });
}

export const doc: OpDoc = {
  summary: 'Index of the largest element along an axis.',
  forward: 'y = \\operatorname{arg\\,max}_i x_i',
  gradient: { x: 'zero' },
  source: 'an index carries no gradient; convention: the first in a tie',
};
