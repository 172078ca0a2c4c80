import type { Dim, OpDoc, Shape, Sym, SymLike } from '../../engine/index.ts';
import {
  AttributeError,
  attr,
  DTypeError,
  defineComposite,
  requireEqual,
  reshape,
  ShapeError,
  select,
} from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { div } from '../elementwise/div.ts';
import { minimum } from '../elementwise/minimum.ts';
import { mul } from '../elementwise/multiply.ts';
import { sub } from '../elementwise/sub.ts';
import { float } from '../elementwise/unary.ts';
import { requireIndices, toIndices } from '../indexing/indices.ts';
import { slice } from '../shape/slice.ts';
import { requireImages } from './images.ts';
import { BESIDE, bilinear, isOn, lastOf, nearest, ramp, readerOf } from './sampling.ts';

type Method = 'bilinear' | 'nearest';

export const CropAndResize = defineComposite({
  name: 'CropAndResize',
  inputs: ['image', 'boxes', 'boxInd'],
  attrs: {
    cropSize: attr.ints(),
    method: attr.oneOf(['bilinear', 'nearest'], 'bilinear'),
    extrapolationValue: attr.number(0),
  },
  infer: ({ image, boxes, boxInd }, { cropSize }) => {
    requireImages(image);
    if (image.dtype !== 'float32' || boxes.dtype !== 'float32')
      throw new DTypeError(`images of ${image.dtype} and boxes of ${boxes.dtype}, not float32`);
    requireIndices(boxInd, 'the numbers of the images');
    if (cropSize.length !== 2 || cropSize.some((d) => d < 1))
      throw new AttributeError(`a crop size of [${cropSize.join(', ')}], not [height, width]`);
    const count = requireBoxes(boxes.shape, boxInd.shape);
    if (image.shape[1] === 0 || image.shape[2] === 0) throw new ShapeError('images without pixels cannot be cropped');
    return [{ dtype: 'float32', shape: [count, ...cropSize, image.shape[3]!] }];
  },
  lowering: [
    { kind: 'kernel' },
    {
      kind: 'composite',
      expand: ({ image, boxes, boxInd }, { cropSize, method, extrapolationValue }) => {
        const [, h, w] = image.shape as readonly [Dim, Dim, Dim, Dim];
        const [height, width] = cropSize as readonly [number, number];
        const [y1, x1, y2, x2] = [0, 1, 2, 3].map((i) => slice(boxes, [0, i], [-1, 1])) as [Sym, Sym, Sym, Sym];
        const n = boxes.shape[0]!;
        const y = reshape(places(y1, y2, h, height), [n, height, 1]);
        const x = reshape(places(x1, x2, w, width), [n, 1, width]);
        const [safeY, safeX] = [select(isOn(y, h), y, BESIDE), select(isOn(x, w), x, BESIDE)];
        const read = readerOf(image, boxInd, cropSize, extrapolationValue);
        return method === 'bilinear'
          ? bilinear((r, c) => read(minimum(r, lastOf(h)), minimum(c, lastOf(w))), safeY, safeX)
          : read(nearest(safeY), nearest(safeX));
      },
    },
  ],
});

/** The number of boxes. @throws ShapeError */
function requireBoxes(boxes: Shape, boxInd: Shape): Dim {
  if (boxes.length !== 2 || boxInd.length !== 1)
    throw new ShapeError(`boxes of rank ${boxes.length} and image numbers of rank ${boxInd.length}, not 2 and 1`);
  requireEqual(boxes[1]!, 4, 'the numbers of a box, [y1, x1, y2, x2]');
  requireEqual(boxes[0]!, boxInd[0]!, 'the number of boxes and of image numbers');
  return boxes[0]!;
}

/** The coordinates of `count` pixels between two relative coordinates, [n, count], in the kernels' order of arithmetic. */
function places(from: Sym, to: Sym, size: Dim, count: number): Sym {
  const last = lastOf(size);
  if (count === 1) return mul(mul(0.5, add(from, to)), last);
  return add(mul(from, last), mul(ramp(count, 1, 2), div(mul(sub(to, from), last), count - 1)));
}

/**
 * Crops boxes out of images and resizes them to one size. Box i is [y1, x1, y2, x2] in image `boxInd[i]`; 0 and 1 are the centers of the
 * first and last pixels. A box may be flipped, and extend beyond the image, where `extrapolationValue` is used. Differentiable in the image
 * and, if bilinear, in the boxes; at a pixel's center the derivative is that towards the next pixel.
 * @throws ShapeError, AttributeError; IndexError at run time for an image number out of range
 */
export function cropAndResize(
  image: SymLike,
  boxes: SymLike,
  boxInd: SymLike,
  cropSize: readonly [number, number],
  method: Method = 'bilinear',
  extrapolationValue = 0,
): Sym {
  return CropAndResize.node(
    { image: float(image), boxes: float(boxes), boxInd: toIndices(boxInd) },
    { cropSize, method, extrapolationValue },
  );
}

export const doc: OpDoc = {
  summary: 'Parts of images, brought to one size.',
  forward:
    'y_{i j} = \\sum_{k l} (1 - |v_i - k|)_+ (1 - |u_j - l|)_+ x_{k l}, \\; v_i = (H - 1) (y_1 + i \\tfrac{y_2 - y_1}{h - 1})',
  gradient: {
    image: '\\bar x_{k l} = \\sum_{i j} (1 - |v_i - k|)_+ (1 - |u_j - l|)_+ \\bar y_{i j}',
    boxes:
      '\\bar y_1 = (H - 1) \\sum_i (1 - \\tfrac{i}{h - 1}) \\bar v_i, \\; \\bar y_2 = (H - 1) \\sum_i \\tfrac{i}{h - 1} \\bar v_i',
    boxInd: 'zero',
  },
  source: 'Jaderberg et al., "Spatial transformer networks" (2015), eqs. (5)-(7); TensorFlow, CropAndResize',
};
/** Boxes in the second image, the first, and the second again; one is flipped, one lies partly outside of its image. */
