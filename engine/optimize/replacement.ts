/** The contract of every rewrite: a replacement has the types of the node that it replaces. */
import type { Node, Sym } from '../build/sym.ts';
import type { Dim } from '../dim/index.ts';
import { RewriteError } from '../errors.ts';
import { reshape } from '../primitives/reshape.ts';
import { formatType, mayMatch, type Shape } from '../types.ts';

/**
 * Checks a replacement of a node's outputs, and reshapes it where dims of 1 differ from those of the node.
 * @param by the rule, for the error
 * @throws RewriteError naming the node, its line and `by`, if the types differ
 */
export const ofSameTypes = (node: Node, replacement: readonly Sym[], by: string): readonly Sym[] =>
  node.outputs.map((output, k) => {
    const sym = replacement[k];
    if (sym === output) return sym;
    if (sym === undefined || !mayMatch(sym, output))
      throw new RewriteError(
        `internal error: ${by} replaced '${node.label}' (${node.op.name}) ${formatType(output)} by ${sym === undefined ? 'nothing' : formatType(sym)}`,
        { node: node.label, site: node.site },
      );
    return broadcastAlike(sym.shape, output.shape) ? sym : reshape(sym, output.shape);
  });

/** Whether shapes that may match have 1 at the same axes: only a literal 1 broadcasts, a symbolic dim that is bound to 1 does not. */
const broadcastAlike = (a: Shape, b: Shape): boolean => a === b || a.every((d, i) => isOne(d) === isOne(b[i]!));
const isOne = (d: Dim): boolean => d === 1;
