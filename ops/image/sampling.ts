/**
 * Reads pixels at computed coordinates, by a gather from all images as the rows of one matrix. Its gradients reach the pixels through the
 * gathers, and the coordinates through the weights between pixels.
 */
import type { Dim, Sym } from '../../engine/index.ts';
import { broadcastTo, cast, dim, dimValue, fill, iota, reshape, select } from '../../engine/index.ts';
import { greaterEqual } from '../comparison/greater-equal.ts';
import { lessEqual } from '../comparison/less-equal.ts';
import { logicalAnd } from '../comparison/logical-and.ts';
import { add } from '../elementwise/add.ts';
import { floor } from '../elementwise/floor.ts';
import { maximum } from '../elementwise/maximum.ts';
import { mul } from '../elementwise/multiply.ts';
import { sub } from '../elementwise/sub.ts';
import { gather } from '../indexing/gather.ts';
import { concat } from '../shape/concat.ts';
import { pad } from '../shape/pad.ts';

/** The last index along an axis, as a float. */
export const lastOf = (size: Dim): Sym => dimValue(dim.sub(size, 1));

export const isOn = (place: Sym, size: Dim): Sym => logicalAnd(greaterEqual(place, 0), lessEqual(place, lastOf(size)));

/** The nearest pixel; ties go to the right, as in JavaScript's Math.round. */
export const nearest = (place: Sym): Sym => floor(add(place, 0.5));

/** 0, 1, ... as float32, along one axis of a value of rank `rank`. */
export const ramp = (size: Dim, axis: number, rank: number): Sym =>
  reshape(
    iota(size, 'float32'),
    Array.from({ length: rank }, (_, i) => (i === axis ? size : 1)),
  );

/** Outside of every image, with the pixels around it. */
export const BESIDE = -2;

/**
 * Reads the pixels in these rows and columns, which are whole numbers and broadcast to [k, height, width]; a pixel outside of the image has
 * the value `outside`.
 */
export type Reader = (rows: Sym, columns: Sym) => Sym;

/**
 * Creates a reader of a batch of images, of at most 2^24 pixels each, since float32 computes the indices.
 * @param image the image that each of the k results is read from: a vector
 * @param size [height, width] of the results
 * @param outside the value outside of an image: a number, or one for each channel
 */
export function readerOf(images: Sym, image: Sym, size: readonly Dim[], outside: number | Sym): Reader {
  const [n, h, w, c] = images.shape as readonly [Dim, Dim, Dim, Dim];
  const count = dim.add(dim.mul(h, w), 1);
  const pixels = reshape(withFirst(reshape(images, [n, dim.mul(h, w), c]), outside), [dim.mul(n, count), c]);
  // broadcasts as float32: on wasm, broadcasting int32 takes a hundred times as long
  const numbers = add(reshape(cast(image, 'float32'), [image.shape[0]!, 1, 1]), fill([1, ...size], 0));
  const start = mul(cast(numbers, 'int32'), dimValue(count, 'int32'));
  return (rows, columns) => {
    const row = select(isOn(rows, h), add(mul(rows, dimValue(w)), 1), -(2 ** 25));
    const column = select(isOn(columns, w), columns, -(2 ** 25));
    return gather(pixels, add(start, cast(maximum(add(row, column), 0), 'int32')));
  };
}

/** Pixels [n, count, channels] with one more in front, which represents everything outside of the image. */
export function withFirst(pixels: Sym, first: number | Sym): Sym {
  if (typeof first === 'number')
    return pad(
      pixels,
      [
        [0, 0],
        [1, 0],
        [0, 0],
      ],
      first,
    );
  const [n, , c] = pixels.shape as readonly [Dim, Dim, Dim];
  return concat([broadcastTo(first, [n, 1, c]), pixels], 1);
}

/** Linear interpolation in both directions between the four pixels around each coordinate. */
export function bilinear(read: Reader, y: Sym, x: Sym): Sym {
  const [top, left] = [floor(y), floor(x)];
  const [bottom, right] = [add(top, 1), add(left, 1)];
  const [down, across] = [weight(sub(y, top)), weight(sub(x, left))];
  return between(
    between(read(top, left), read(top, right), across),
    between(read(bottom, left), read(bottom, right), across),
    down,
  );
}

const weight = (fraction: Sym): Sym => reshape(fraction, [...fraction.shape, 1]);
const between = (a: Sym, b: Sym, t: Sym): Sym => add(a, mul(sub(b, a), t));
