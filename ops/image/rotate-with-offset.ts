import {
  AttributeError,
  attr,
  constant,
  type Dim,
  DTypeError,
  defineComposite,
  formatDim,
  isStatic,
  type OpDoc,
  product,
  reshape,
  type SampleOptions,
  ShapeError,
  type Sym,
  type SymLike,
  sample,
  uniform,
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

/** A color for each channel; a fourth is opacity, of 255. @throws ShapeError */
function colorOf(fill: readonly number[], channels: Dim): readonly number[] {
  if (typeof channels !== 'number' || channels > 4)
    throw new ShapeError(
      `red, green and blue for images of ${formatDim(channels)} channels, which must be known, and 4 at most`,
    );
  return [...fill, 255].slice(0, channels);
}

/**
 * Images turned counter-clockwise, to the nearest pixels.
 * @param fillValue where nothing is turned to: one number, or [red, green, blue], with an opacity of 255 for a fourth channel
 * @param center of the turn, in widths and heights: one number for both, or [x, y]
 * @throws ShapeError for another rank than 4, and for a color where the channels are more than 4 or not known
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
