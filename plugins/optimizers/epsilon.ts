/** The setting that says where optimizers add epsilon. */
import { attr, type Sym } from '../../engine/index.ts';
import { add, sqrt } from '../../ops/exports.ts';

/** Where epsilon is added to keep a denominator from 0: sqrt(x + epsilon) or sqrt(x) + epsilon. Libraries differ. */
export type EpsilonPlace = 'inside' | 'outside';

export const epsilonPlace = attr.oneOf(['inside', 'outside'], 'inside');

export const rootWith = (x: Sym, epsilon: number, place: EpsilonPlace): Sym =>
  place === 'inside' ? sqrt(add(x, epsilon)) : add(sqrt(x), epsilon);
