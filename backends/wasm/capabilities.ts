/** Kernels of tfjs's wasm backend that are there but take fewer dtypes than they should, or compute wrongly. */
import type { Node } from '../../engine/index.ts';

/** Whether the kernel computes this node, and right. */
export const computes = (_node: Node): boolean => true;
