/** The order in which a plan computes nodes. */
import type { Node, Sym } from '../build/sym.ts';
import { toposort } from '../build/toposort.ts';

/** All nodes that the roots depend on: inputs before users, depth first, so that a value is made shortly before its use. */
export const schedule = (roots: readonly Sym[]): readonly Node[] => toposort(roots);
