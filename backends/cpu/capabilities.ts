/** Kernels of tfjs's cpu backend that are there but wrong. */
import type { Node } from '../../engine/index.ts';

/** Never to be used. */
const WRONG: ReadonlySet<string> = new Set([
  // ties go to the last, and where the windows are no cubes, to elsewhere
  'MaxPool3DGrad',
]);

/** Whether the kernel computes this node, and right. */
export const computes = (node: Node): boolean => !WRONG.has(node.op.name);
