/** Resizing to nearest pixels in single precision. */
import type { Dim, Node } from '../engine/index.ts';
import { type Alignment, scaleOf } from '../ops/image/resize.ts';

/** Whether a float32 holds the scale of a resize; else nearest pixels round differently than in double precision. */
export function exactScale({ inputs, attrs }: Node): boolean {
  const { size, ...alignment } = attrs as unknown as Alignment & { readonly size: readonly Dim[] };
  return size.every((to, i) => {
    const from = inputs[0]!.shape[i + 1]!;
    // what is not known yet is asked again when it is
    if (typeof from !== 'number' || typeof to !== 'number') return true;
    const scale = scaleOf(from, to, alignment);
    return Math.fround(scale) === scale;
  });
}
