/** Where the pixels of a turned image come from. */
import { attr, constant, type Sym, type TensorType } from '../../engine/index.ts';
import { sizesOf } from './resize.ts';

const { parse, key, toJSON } = attr.number();

/** A list of so many numbers, if it is one. */
export const numbersOf = (v: unknown, count: number): readonly number[] | undefined =>
  Array.isArray(v) && v.length === count ? Object.freeze(v.map(parse)) : undefined;

/** The center of a turn, in widths and heights. */
export const centerAttr = /* @__NO_SIDE_EFFECTS__ */ () =>
  attr.custom<readonly number[]>('[x, y]', (v) => numbersOf(v, 2), {
    key: (v) => v.map(key).join(),
    toJSON: (v) => v.map(toJSON),
  });

/**
 * The pixel that each pixel of an image comes from, counted from 1, rounded as tfjs's cpu kernel does; 0 where it lies beside the
 * image, whose height and width are known.
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
