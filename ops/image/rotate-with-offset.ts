import {
  AttributeError,
  attr,
  constant,
  type Dim,
  DTypeError,
  defineComposite,
  dimValue,
  formatDim,
  iota,
  type OpDoc,
  reshape,
  type SampleOptions,
  ShapeError,
  type Sym,
  type SymLike,
  sample,
  uniform,
} from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { sub } from '../elementwise/sub.ts';
import { float } from '../elementwise/unary.ts';
import { gather } from '../indexing/gather.ts';
import { requireImages } from './images.ts';
import { nearest, ramp, readerOf, withFirst } from './sampling.ts';

type Fill = number | readonly number[];

const isNumber = (v: Fill): v is number => typeof v === 'number';
const { parse, key, toJSON } = attr.number();
const numbers = (v: unknown, count: number): readonly number[] | undefined =>
  Array.isArray(v) && v.length === count ? Object.freeze(v.map(parse)) : undefined;
const fillAttr = attr.custom<Fill>(
  'a number, or one for each of red, green and blue',
  (v) => (Array.isArray(v) ? numbers(v, 3) : parse(v)),
  {
    key: (v) => (isNumber(v) ? key(v) : v.map(key).join()),
    toJSON: (v) => (isNumber(v) ? toJSON(v) : v.map(toJSON)),
  },
);
const centerAttr = attr.custom<readonly number[]>('[x, y]', (v) => numbers(v, 2), {
  key: (v) => v.map(key).join(),
  toJSON: (v) => v.map(toJSON),
});

export const RotateWithOffset = defineComposite({
  name: 'RotateWithOffset',
  inputs: ['image'],
  attrs: { radians: attr.number(), fillValue: fillAttr, center: centerAttr },
  infer: ({ image }, { fillValue }) => {
    requireImages(image);
    if (image.dtype !== 'float32') throw new DTypeError(`images of ${image.dtype}, not float32`);
    if (!isNumber(fillValue)) colorOf(fillValue, image.shape[3]!);
    return [image];
  },
  lowering: [
    { kind: 'kernel' },
    {
      kind: 'composite',
      expand: ({ image }, { radians, fillValue, center }) => {
        const [n, h, w, c] = image.shape as readonly [Dim, Dim, Dim, Dim];
        const color = isNumber(fillValue) ? fillValue : constant(colorOf(fillValue, c));
        const around = center as readonly [number, number];
        if (typeof h !== 'number' || typeof w !== 'number') {
          const [y, x] = places(h, w, radians, around);
          return readerOf(image, iota(n), [h, w], color)(nearest(y), nearest(x));
        }
        const pixels = withFirst(reshape(image, [n, h * w, c]), color);
        const sources = constant(sourcesOf(h, w, radians, around), 'int32', [h * w]);
        return reshape(gather(pixels, sources, 1), image.shape);
      },
    },
  ],
});

/** A color for each channel; a fourth is opacity, of 255. @throws ShapeError */
function colorOf(fill: readonly number[], channels: Dim): readonly number[] {
  if (typeof channels !== 'number' || channels > 4)
    throw new ShapeError(`red, green and blue for images of ${formatDim(channels)} channels`);
  return [...fill, 255].slice(0, channels);
}

/** The pixel that each pixel comes from, counted from 1, rounded as tfjs's cpu kernel does; 0 where it lies beside the image. */
function sourcesOf(height: number, width: number, radians: number, center: readonly [number, number]): Int32Array {
  const [centerX, centerY] = [width * center[0], height * center[1]];
  const [sin, cos] = [Math.sin(radians), Math.cos(radians)];
  return Int32Array.from({ length: height * width }, (_, i) => {
    const [x, y] = [(i % width) - centerX, Math.floor(i / width) - centerY];
    const fromX = Math.round(x * cos - y * sin + centerX);
    const fromY = Math.round(x * sin + y * cos + centerY);
    return fromX >= 0 && fromX < width && fromY >= 0 && fromY < height ? 1 + fromY * width + fromX : 0;
  });
}

/** The same, in the graph and in single precision, for sizes that are not known: row and column, [1, height, width]. */
function places(h: Dim, w: Dim, radians: number, center: readonly [number, number]): readonly [Sym, Sym] {
  const [centerX, centerY] = [mul(dimValue(w), center[0]), mul(dimValue(h), center[1])];
  const [x, y] = [sub(ramp(w, 2, 3), centerX), sub(ramp(h, 1, 3), centerY)];
  const [sin, cos] = [Math.sin(radians), Math.cos(radians)];
  return [add(add(mul(x, sin), mul(y, cos)), centerY), add(sub(mul(x, cos), mul(y, sin)), centerX)];
}

/**
 * Images turned counter-clockwise, to the nearest pixels.
 * @param fillValue where nothing is turned to: one number, or [red, green, blue], with an opacity of 255 for a fourth channel
 * @param center of the turn, in widths and heights: one number for both, or [x, y]
 * @throws ShapeError for another rank than 4, and for a color of other than up to 4 channels
 */
export function rotateWithOffset(
  image: SymLike,
  radians: number,
  fillValue: number | readonly [number, number, number] = 0,
  center: number | readonly [number, number] = 0.5,
): Sym {
  if (!Number.isFinite(radians)) throw new AttributeError(`rotateWithOffset: an angle of ${radians}`);
  return RotateWithOffset.node(
    { image: float(image) },
    { radians, fillValue, center: typeof center === 'number' ? [center, center] : center },
  );
}

export const doc: OpDoc = {
  summary: 'Images turned around a center.',
  forward: 'y_p = x_{k(p)}, \\; k(p) = \\operatorname{round}(R_\\varphi (p - c) + c)',
  gradient: { image: '\\bar x_q = \\sum_{p : \\, k(p) = q} \\bar y_p' },
  source: 'the adjoint of copying pixels is adding them up',
};
const tfGradIsWrong = 'it has none';
const row = (
  ...args: Parameters<typeof rotateWithOffset> extends [SymLike, ...infer Rest] ? Rest : never
): SampleOptions => ({
  build: ({ image }) => rotateWithOffset(image!, ...args),
  reference: (tf, [image]) => tf.image.rotateWithOffset(image as never, ...(args as [number])),
  tfGradIsWrong,
});
export const samples = () => [
  sample({ image: uniform(['$n', 4, 4, 2]) }, row(0.7)),
  sample({ image: uniform(['$n', 3, 5, 1]) }, { ...row(-0.4, 1.5), note: 'a fill that is no whole number' }),
  sample({ image: uniform([1, 4, 3, 3]) }, { ...row(2.1, [0.1, 0.2, 0.3]), note: 'filled with a color' }),
  sample({ image: uniform([2, 3, 3, 4]) }, { ...row(0.5, [1, 2, 3]), note: 'and opacity' }),
  sample({ image: uniform([1, 3, 3, 4]) }, { ...row(0.5, 2), note: 'one fill for four channels' }),
  sample({ image: uniform(['$n', '$h', '$w', 3]) }, { ...row(0.7, [1, 2, 3]), note: 'of unknown sizes' }),
  sample({ image: uniform([1, 4, 5, 1]) }, { ...row(Math.PI / 6, 0, 0), note: 'around a corner' }),
  sample({ image: uniform([1, 4, 5, 1]) }, { ...row(1, 0.5, [0.2, 0.8]), note: 'around another place' }),
  sample({ image: uniform([1, 2, 3, 1]) }, { ...row(0), note: 'not at all' }),
  sample({ image: uniform([0, 2, 2, 1]) }, { ...row(1), note: 'zero elements' }),
];
