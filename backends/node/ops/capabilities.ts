/** Kernels of tfjs-node that are there but wrong. */
import type { Node } from '../../../engine/index.ts';

type Check = (node: Node) => boolean;

/** When a kernel may be used; always, where it is not listed. */
const CHECKS: Readonly<Record<string, Check>> = {};

/** Whether the kernel computes this node, and right. */
export const computes: Check = (node) => CHECKS[node.op.name]?.(node) ?? true;
