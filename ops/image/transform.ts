import type { Dim, DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import {
  AttributeError,
  attr,
  DTypeError,
  defineComposite,
  dimValue,
  iota,
  requireEqual,
  reshape,
  ShapeError,
  select,
  toShape,
} from '../../engine/index.ts';
import { equal } from '../comparison/equal.ts';
import { greater } from '../comparison/greater.ts';
import { greaterEqual } from '../comparison/greater-equal.ts';
import { less } from '../comparison/less.ts';
import { add } from '../elementwise/add.ts';
import { div } from '../elementwise/div.ts';
import { floor } from '../elementwise/floor.ts';
import { maximum } from '../elementwise/maximum.ts';
import { minimum } from '../elementwise/minimum.ts';
import { mul } from '../elementwise/multiply.ts';
import { neg } from '../elementwise/neg.ts';
import { sub } from '../elementwise/sub.ts';
import { float } from '../elementwise/unary.ts';
import { slice } from '../shape/slice.ts';
import { requireImages } from './images.ts';
import { BESIDE, bilinear, lastOf, nearest, ramp, readerOf } from './sampling.ts';

type Interpolation = 'nearest' | 'bilinear';
type FillMode = 'constant' | 'reflect' | 'wrap' | 'nearest';

export const Transform = defineComposite({
  name: 'Transform',
  inputs: ['image', 'transforms'],
  attrs: {
    interpolation: attr.oneOf(['nearest', 'bilinear'], 'nearest'),
    fillMode: attr.oneOf(['constant', 'reflect', 'wrap', 'nearest'], 'constant'),
    fillValue: attr.number(0),
    outputShape: attr.optional(attr.shape()),
  },
  infer: ({ image, transforms }, { outputShape }) => {
    requireImages(image);
    if (image.dtype !== 'float32' || transforms.dtype !== 'float32')
      throw new DTypeError(`images of ${image.dtype} and transforms of ${transforms.dtype}, not float32`);
    if (outputShape !== undefined && outputShape.length !== 2)
      throw new AttributeError(`an output shape of ${outputShape.length} numbers, not [height, width]`);
    const [n, h, w, c] = image.shape as readonly [Dim, Dim, Dim, Dim];
    if (h === 0 || w === 0) throw new ShapeError('images without pixels cannot be transformed');
    if (transforms.shape.length !== 2) throw new ShapeError(`transforms of rank ${transforms.shape.length}, not 2`);
    const [count, numbers] = transforms.shape as readonly [Dim, Dim];
    requireEqual(numbers, 8, 'the numbers of a transform');
    if (count !== 1) requireEqual(count, n, 'the number of transforms and of images');
    return [{ dtype: 'float32', shape: [n, ...(outputShape ?? [h, w]), c] }];
  },
  lowering: [
    { kind: 'kernel' },
    {
      kind: 'composite',
      expand: ({ image, transforms }, { interpolation, fillMode, fillValue, outputShape }) => {
        const [n, h, w] = image.shape as readonly [Dim, Dim, Dim, Dim];
        const [height, width] = (outputShape ?? [h, w]) as readonly [Dim, Dim];
        const { x, y, infinite } = placesOf(transforms, height, width);
        const [row, column] = [select(infinite, BESIDE, intoImage(y, h, fillMode)), intoImage(x, w, fillMode)];
        const read = readerOf(image, iota(n), [height, width], fillValue);
        return interpolation === 'bilinear' ? bilinear(read, row, column) : read(nearest(row), nearest(column));
      },
    },
  ],
});

/** The input coordinates of the output's pixels: [images, height, width], or [1, height, width] if one transform applies to all. */
function placesOf(
  transforms: Sym,
  height: Dim,
  width: Dim,
): { readonly x: Sym; readonly y: Sym; readonly infinite: Sym } {
  const [a0, a1, a2, b0, b1, b2, c0, c1] = Array.from({ length: 8 }, (_, i) =>
    reshape(slice(transforms, [0, i], [-1, 1]), [transforms.shape[0]!, 1, 1]),
  ) as [Sym, Sym, Sym, Sym, Sym, Sym, Sym, Sym];
  const [column, row] = [ramp(width, 2, 3), ramp(height, 1, 3)];
  const k = add(add(mul(c0, column), mul(c1, row)), 1);
  const infinite = equal(k, 0);
  const divisor = select(infinite, 1, k);
  return {
    x: div(add(add(mul(a0, column), mul(a1, row)), a2), divisor),
    y: div(add(add(mul(b0, column), mul(b1, row)), b2), divisor),
    infinite,
  };
}

/** Maps a coordinate outside of an axis into it, with the arithmetic of tfjs's cpu kernel and TensorFlow. */
function intoImage(place: Sym, size: Dim, mode: FillMode): Sym {
  if (mode === 'constant') return place;
  const inside = { nearest: place, reflect: reflected(place, size), wrap: wrapped(place, size) }[mode];
  return minimum(maximum(inside, 0), lastOf(size));
}

/** The image [a b c d] continues as [d c b a | a b c d | d c b a]. */
function reflected(place: Sym, size: Dim): Sym {
  const [n, period] = [dimValue(size), mul(dimValue(size), 2)];
  const below = add(place, mul(period, floor(div(neg(place), period))));
  const above = sub(place, mul(period, floor(div(place, period))));
  return select(
    less(place, 0),
    select(less(below, neg(n)), add(below, period), sub(neg(below), 1)),
    select(greaterEqual(above, n), sub(sub(period, above), 1), above),
  );
}

/** The image [a b c d] continues as [a b c d | a b c d | a b c d]. */
function wrapped(place: Sym, size: Dim): Sym {
  const [n, last] = [dimValue(size), lastOf(size)];
  const gaps = maximum(last, 1); // with one pixel, every coordinate maps to it
  const below = add(place, mul(n, add(floor(div(neg(place), gaps)), 1)));
  const above = sub(place, mul(n, floor(div(place, gaps))));
  return select(less(place, 0), below, select(greater(place, last), above, place));
}

/**
 * Applies projective transforms to images, one for all or one for each. With a transform [a0, a1, a2, b0, b1, b2, c0, c1], the output's
 * pixel (x, y) is the input's at ((a0 x + a1 y + a2) / k, (b0 x + b1 y + b2) / k), with k = c0 x + c1 y + 1. Differentiable in the images
 * and, if bilinear, in the transforms.
 * @param fillMode the values outside of the image: a constant `fillValue`, its mirror image, its repetition, or its nearest pixel
 * @param outputShape [height, width], by default those of the images
 * @throws ShapeError, AttributeError
 */
export function transform(
  image: SymLike,
  transforms: SymLike,
  interpolation: Interpolation = 'nearest',
  fillMode: FillMode = 'constant',
  fillValue = 0,
  outputShape?: readonly [DimLike, DimLike],
): Sym {
  return Transform.node(
    { image: float(image), transforms: float(transforms) },
    { interpolation, fillMode, fillValue, outputShape: outputShape && toShape(outputShape) },
  );
}

export const doc: OpDoc = {
  summary: 'Images seen through projective transforms.',
  forward:
    "y_{v u} = \\sum_{k l} (1 - |v' - k|)_+ (1 - |u' - l|)_+ x_{k l}, \\; u' = \\frac{a_0 u + a_1 v + a_2}{c_0 u + c_1 v + 1}",
  gradient: {
    image: "\\bar x_{k l} = \\sum_{v u} (1 - |v' - k|)_+ (1 - |u' - l|)_+ \\bar y_{v u}",
    transforms:
      "\\bar a_0 = \\sum_{v u} \\frac{u \\, \\bar u'_{v u}}{c_0 u + c_1 v + 1}, \\dots; \\text{ zero for nearest pixels}",
  },
  source:
    'Jaderberg et al., "Spatial transformer networks" (2015), eqs. (1), (5)-(7); TensorFlow, ImageProjectiveTransformV3',
};
