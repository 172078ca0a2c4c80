/** Topological order of nodes. Iterative: a chain of 100,000 nodes must not overflow the stack. */
import { type NodeIndex, NodeMap } from './node-map.ts';
import type { Node, Sym } from './sym.ts';

/**
 * All nodes that the roots depend on, inputs before users (depth first, so that a value is computed shortly before its use).
 * @param stop nodes that are listed without following their inputs; with it, the cost is that of the nodes visited, not of the graph
 */
export function toposort(roots: readonly Sym[], stop?: (node: Node) => boolean): Node[] {
  const order: Node[] = [];
  const opened: NodeIndex<boolean> = stop === undefined ? new NodeMap() : new Map();
  const stack: Node[] = [];
  for (const root of roots) {
    stack.push(root.node);
    while (stack.length > 0) {
      const node = stack[stack.length - 1]!;
      const open = opened.get(node);
      if (open === undefined) {
        opened.set(node, true);
        if (stop?.(node)) continue;
        // last input first, so that the first is visited first
        for (let i = node.inputs.length - 1; i >= 0; i--) {
          const input = node.inputs[i]!.node;
          if (opened.get(input) === undefined) stack.push(input);
        }
      } else {
        stack.pop();
        if (open) {
          opened.set(node, false);
          order.push(node);
        }
      }
    }
  }
  return order;
}
