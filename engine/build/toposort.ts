/** Topological order. Iterative: a chain of 100,000 nodes must not overflow the stack. */
import type { Node, Sym } from './sym.ts';

/**
 * All nodes that the roots depend on, inputs before users (depth first, so that a value is made shortly before its use).
 * `stop` nodes are listed without what they depend on.
 */
export function toposort(roots: readonly Sym[], stop?: (node: Node) => boolean): Node[] {
  const order: Node[] = [];
  const state = new Map<Node, 'open' | 'done'>();
  const stack: Node[] = [];
  for (const root of roots) {
    stack.push(root.node);
    while (stack.length > 0) {
      const node = stack[stack.length - 1]!;
      const seen = state.get(node);
      if (seen === undefined) {
        state.set(node, 'open');
        if (stop?.(node)) continue;
        // last input first, so that the first is visited first
        for (let i = node.inputs.length - 1; i >= 0; i--) {
          const input = node.inputs[i]!.node;
          if (!state.has(input)) stack.push(input);
        }
      } else {
        stack.pop();
        if (seen === 'open') {
          state.set(node, 'done');
          order.push(node);
        }
      }
    }
  }
  return order;
}
