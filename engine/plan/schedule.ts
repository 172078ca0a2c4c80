/** The order in which a plan computes its nodes. */
import type { Node, Sym } from '../build/sym.ts';
import { toposort } from '../build/toposort.ts';

/** All nodes that the roots depend on: inputs before users, depth first, so that values are computed shortly before their use. */
export const schedule = (roots: readonly Sym[]): readonly Node[] => toposort(roots);
