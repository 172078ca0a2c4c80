/** How backends say which kernels are right. */
import type { Node } from '../engine/index.ts';

/** Whether a kernel computes a node correctly. */
export type Check = (node: Node) => boolean;
/** By the names of ops. */
export type Checks = Readonly<Record<string, Check>>;

export const never: Check = () => false;

/** Whether the kernel of a node's op computes it correctly; kernels that are not listed always do. */
export const computesBy =
  (...lists: readonly Checks[]): Check =>
  (node) =>
    lists.every((checks) => checks[node.op.name]?.(node) ?? true);
