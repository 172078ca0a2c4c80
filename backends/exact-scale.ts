/** Whether nearest-neighbour resizing is right in single precision. */
import type { Dim, Node } from '../engine/index.ts';
import { type Alignment, scaleOf } from '../ops/image/resize.ts';

/** Whether the scale of a resize is exact in float32; otherwise single and double precision may select different pixels. */
export function exactScale({ inputs, attrs }: Node): boolean {
  const { size, ...alignment } = attrs as unknown as Alignment & { readonly size: readonly Dim[] };
  return size.every((to, i) => {
    const from = inputs[0]!.shape[i + 1]!;
    if (typeof from !== 'number' || typeof to !== 'number') return false;
    const scale = scaleOf(from, to, alignment);
    return Math.fround(scale) === scale;
  });
}
