/**
 * Pixels at places that are computed: gathered from all images as rows of one matrix. Gradients follow by themselves, through the
 * gathers to the pixels, and through the weights between pixels to the places.
 */
import {
  cast,
  type Dim,
  dim,
  dimValue,
  iota,
  product,
  reshape,
  type Sym,
  type SymLike,
  select,
} from '../../engine/index.ts';
import { greaterEqual } from '../comparison/greater-equal.ts';
import { lessEqual } from '../comparison/less-equal.ts';
import { logicalAnd } from '../comparison/logical-and.ts';
import { add } from '../elementwise/add.ts';
import { floor } from '../elementwise/floor.ts';
import { mul } from '../elementwise/multiply.ts';
import { sub } from '../elementwise/sub.ts';
import { gather } from '../indexing/gather.ts';

/** The last index along an axis, as a float. */
export const lastOf = (size: Dim): Sym => dimValue(dim.sub(size, 1));

/** Whether a place lies on an axis of this size. */
export const isOn = (place: Sym, size: Dim): Sym => logicalAnd(greaterEqual(place, 0), lessEqual(place, lastOf(size)));

/** The nearest pixel; of two the right one, as JavaScript rounds. */
export const nearest = (place: Sym): Sym => floor(add(place, 0.5));

/** 0, 1, ..., as floats, along one axis of a value of rank `rank`. */
export const ramp = (size: Dim, axis: number, rank: number): Sym =>
  reshape(
    iota(size, 'float32'),
    Array.from({ length: rank }, (_, i) => (i === axis ? size : 1)),
  );

/** A row or column number where it is one, 0 where it lies beside the image, as an index. */
const toIndex = (pixel: Sym, inside: Sym): Sym => cast(select(inside, pixel, 0), 'int32');

/**
 * The pixels in these rows and columns, which are whole numbers of shapes that broadcast against [k, height, width]; something else
 * where there is no such pixel.
 */
export type Reader = (rows: Sym, columns: Sym) => Sym;

/**
 * Reads pixels of a batch of images.
 * @param image the image that each of the k results is taken from: int32, a vector
 */
export function readerOf(images: Sym, image: Sym, outside: SymLike): Reader {
  const [n, h, w, c] = images.shape as readonly [Dim, Dim, Dim, Dim];
  const pixels = reshape(images, [product([n, h, w]), c]);
  const start = reshape(mul(image, dimValue(dim.mul(h, w), 'int32')), [image.shape[0]!, 1, 1]);
  return (rows, columns) => {
    const [rowInside, columnInside] = [isOn(rows, h), isOn(columns, w)];
    const row = mul(toIndex(rows, rowInside), dimValue(w, 'int32'));
    const index = add(add(start, row), toIndex(columns, columnInside));
    const inside = logicalAnd(rowInside, columnInside);
    return select(reshape(inside, [...inside.shape, 1]), gather(pixels, index), outside);
  };
}

/** Values between the four pixels around each place, linear in both directions. */
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
const between = (a: Sym, b: Sym, t: Sym): Sym => add(mul(sub(1, t), a), mul(t, b));
