/** Computes the source pixel of each pixel of a rotated image. */
import { attr, constant, type Sym, type TensorType } from '../../engine/index.ts';
import { sizesOf } from './resize.ts';

const { parse, key, toJSON } = attr.number();

/** A list of `count` numbers; undefined for other values. */
export const numbersOf = (v: unknown, count: number): readonly number[] | undefined =>
  Array.isArray(v) && v.length === count ? Object.freeze(v.map(parse)) : undefined;

/** The center of a rotation, in widths and heights. */
export const centerAttr = /* @__NO_SIDE_EFFECTS__ */ () =>
  attr.custom<readonly number[]>('[x, y]', (v) => numbersOf(v, 2), {
    key: (v) => v.map(key).join(),
    toJSON: (v) => v.map(toJSON),
  });

/**
 * The source pixel of each pixel, counted from 1 in row-major order, rounded as in tfjs's cpu kernel; 0 if it lies outside of the image.
 * The height and width must be known.
 */
export function sourcesOf(image: TensorType, radians: number, center: readonly number[]): Sym {
  const [height, width] = sizesOf(image) as readonly [number, number];
  const [centerX, centerY] = [width * center[0]!, height * center[1]!];
  const [sin, cos] = [Math.sin(radians), Math.cos(radians)];
  const sources = Int32Array.from({ length: height * width }, (_, i) => {
    const [x, y] = [(i % width) - centerX, Math.floor(i / width) - centerY];
    const fromX = Math.round(x * cos - y * sin + centerX);
    const fromY = Math.round(x * sin + y * cos + centerY);
    return fromX >= 0 && fromX < width && fromY >= 0 && fromY < height ? 1 + fromY * width + fromX : 0;
  });
  return constant(sources, 'int32', [height * width]);
}
