/** Resizing to nearest pixels in single precision. */
import type { Dim, Node } from '../engine/index.ts';
import { type Alignment, scaleOf } from '../ops/image/resize.ts';

/** Whether a float32 is known to hold the scale of a resize; else nearest pixels round differently than in double precision. */
export function exactScale({ inputs, attrs }: Node): boolean {
  const { size, ...alignment } = attrs as unknown as Alignment & { readonly size: readonly Dim[] };
  return size.every((to, i) => {
    const from = inputs[0]!.shape[i + 1]!;
    if (typeof from !== 'number' || typeof to !== 'number') return false;
    const scale = scaleOf(from, to, alignment);
    return Math.fround(scale) === scale;
  });
}
