/** The contract of every rewrite: what stands in a node's place has the node's types. */
import type { Node, Sym } from '../build/sym.ts';
import type { Dim } from '../dim/index.ts';
import { RewriteError } from '../errors.ts';
import { reshape } from '../primitives/reshape.ts';
import { formatType, mayMatch, type Shape } from '../types.ts';

/**
 * What stands in a node's place, with the node's types.
 * @throws RewriteError naming the node, its line, and `by`, which gave other types
 */
export const ofSameTypes = (node: Node, replacement: readonly Sym[], by: string): readonly Sym[] =>
  node.outputs.map((own, k) => {
    const sym = replacement[k];
    if (sym === own) return sym;
    if (sym === undefined || !mayMatch(sym, own))
      throw new RewriteError(
        `internal error: ${by} replaced '${node.label}' (${node.op.name}) ${formatType(own)} by ${sym === undefined ? 'nothing' : formatType(sym)}`,
        { node: node.label, site: node.site },
      );
    return broadcastAlike(sym.shape, own.shape) ? sym : reshape(sym, own.shape);
  });

/** Written differently, two dims may still be one size; but a 1 alone broadcasts. */
const broadcastAlike = (a: Shape, b: Shape): boolean => a === b || a.every((d, i) => isOne(d) === isOne(b[i]!));
const isOne = (d: Dim): boolean => d === 1;
