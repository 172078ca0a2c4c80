/** The contract of every rewrite: what stands in a node's place has the node's types. */
import type { Node, Sym } from '../build/sym.ts';
import { compareDims, type Dim } from '../dim.ts';
import { RewriteError } from '../errors.ts';
import { formatType, type TensorType } from '../types.ts';

/** @throws RewriteError naming the node, its line, and `by`, which gave other types */
export function requireTypes(node: Node, replacement: readonly Sym[], by: string): void {
  const { outputs } = node;
  for (let k = 0; k < outputs.length; k++)
    if (replacement[k] !== outputs[k] && !(replacement[k] && sameType(replacement[k]!, outputs[k]!)))
      throw new RewriteError(
        `internal error: ${by} replaced '${node.label}' (${node.op.name}) ${formatType(outputs[k]!)} by ${replacement[k] ? formatType(replacement[k]!) : 'nothing'}`,
        { node: node.label, site: node.site },
      );
}

const sameType = (a: TensorType, b: TensorType): boolean =>
  a.dtype === b.dtype &&
  (a.shape === b.shape || (a.shape.length === b.shape.length && a.shape.every((d, i) => sameDim(d, b.shape[i]!))));

/** Written differently, two dims may still be one size; a 1 is none of them, since it alone broadcasts. */
function sameDim(a: Dim, b: Dim): boolean {
  const comparison = compareDims(a, b);
  return comparison === 'equal' || (comparison === 'undecided' && a !== 1 && b !== 1);
}
