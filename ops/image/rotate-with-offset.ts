import type { Dim, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import {
  AttributeError,
  attr,
  constant,
  DTypeError,
  defineComposite,
  formatDim,
  isStatic,
  product,
  reshape,
  ShapeError,
} from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { gather } from '../indexing/gather.ts';
import { requireImages } from './images.ts';
import { sizesOf } from './resize.ts';
import { rotateWithOffsetGrad } from './rotate-with-offset-grad.ts';
import { centerAttr, numbersOf, sourcesOf } from './rotation.ts';
import { withFirst } from './sampling.ts';

type Fill = number | readonly number[];

const isNumber = (v: Fill): v is number => typeof v === 'number';
const { parse, key, toJSON } = attr.number();
const fillAttr = attr.custom<Fill>(
  'a number, or one for each of red, green and blue',
  (v) => (Array.isArray(v) ? numbersOf(v, 3) : parse(v)),
  {
    key: (v) => (isNumber(v) ? key(v) : v.map(key).join()),
    toJSON: (v) => (isNumber(v) ? toJSON(v) : v.map(toJSON)),
  },
);

export const RotateWithOffset = defineComposite({
  name: 'RotateWithOffset',
  inputs: ['image'],
  attrs: { radians: attr.number(), fillValue: fillAttr, center: centerAttr() },
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
      ready: ({ image }) => isStatic(sizesOf(image)),
      expand: ({ image }, { radians, fillValue, center }) => {
        const [n, h, w, c] = image.shape as readonly [Dim, Dim, Dim, Dim];
        const color = isNumber(fillValue) ? fillValue : constant(colorOf(fillValue, c));
        const pixels = withFirst(reshape(image, [n, product([h, w]), c]), color);
        return reshape(gather(pixels, sourcesOf(image, radians, center), 1), image.shape);
      },
    },
  ],
  traits: { routes: { image: 'part' } },
  gradient: { image: (_inputs, { dy, attrs: { radians, center } }) => rotateWithOffsetGrad(dy, radians, center) },
});

/** The fill color for each channel; a fourth channel is opacity, 255. @throws ShapeError */
function colorOf(fill: readonly number[], channels: Dim): readonly number[] {
  if (typeof channels !== 'number' || channels > 4)
    throw new ShapeError(
      `red, green and blue for images of ${formatDim(channels)} channels, which must be known, and 4 at most`,
    );
  return [...fill, 255].slice(0, channels);
}

/**
 * Rotates images counterclockwise, with the nearest pixels.
 * @param fillValue used outside of the image: one number, or [red, green, blue], with an opacity of 255 for a fourth channel
 * @param center of the rotation, in widths and heights: one number for both, or [x, y]
 * @throws ShapeError for another rank than 4, and for a color if the channels are more than 4 or not known
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
