import { attr, defineOp, lift, type OpDoc, type Sym, type SymLike, ZERO } from '../../engine/index.ts';
import { toAxis } from '../shape/axis.ts';
import { inferArg } from './arg-extremum.ts';

export const ArgMax = defineOp({
  name: 'ArgMax',
  inputs: ['x'],
  attrs: { axis: attr.int() },
  infer: ({ x }, { axis }) => inferArg(x, axis),
  lowering: [{ kind: 'kernel' }],
  gradient: { x: ZERO },
});

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
