/**
 * The input coordinates of output pixels, and the weights of input pixels. A resize is a linear map along each of two axes, so that it and
 * its gradient are products with two matrices of weights.
 */
import type { Dim, DType, Shape, Sym, TensorType } from '../../engine/index.ts';
import {
  AttributeError,
  attr,
  constant,
  DTypeError,
  isStatic,
  product,
  requireEqual,
  reshape,
  ShapeError,
} from '../../engine/index.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { transpose } from '../matrix/transpose.ts';
import { requireImages } from './images.ts';

export interface Alignment {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

/** [height, width]. */
export type Size = readonly [number, number];

export const resizeAttrs = {
  alignCorners: /* @__PURE__ */ attr.bool(false),
  halfPixelCenters: /* @__PURE__ */ attr.bool(false),
  size: /* @__PURE__ */ attr.shape(),
};
interface ResizeAttrs extends Alignment {
  readonly size: readonly Dim[];
}

/** The type of resized images. @throws ShapeError, DTypeError, AttributeError */
export function inferResize(
  images: TensorType,
  { size, alignCorners, halfPixelCenters }: ResizeAttrs,
  allowed: readonly DType[],
): readonly TensorType[] {
  requireImages(images);
  if (!allowed.includes(images.dtype)) throw new DTypeError(`images of ${images.dtype}, not ${allowed.join(' or ')}`);
  if (size.length !== 2) throw new AttributeError(`a size of ${size.length} numbers, not [height, width]`);
  if (alignCorners && halfPixelCenters)
    throw new AttributeError('alignCorners and halfPixelCenters exclude each other');
  const [n, height, width, channels] = images.shape as readonly [Dim, Dim, Dim, Dim];
  if (height === 0 || width === 0) throw new ShapeError('images without pixels cannot be resized');
  return [{ dtype: images.dtype, shape: [n, ...size, channels] }];
}

/** The type of a resize's gradient: the shape of the images. @throws ShapeError, DTypeError */
export function inferResizeGrad(images: TensorType, dy: TensorType, attrs: ResizeAttrs): readonly TensorType[] {
  if (dy.dtype !== 'float32') throw new DTypeError(`a gradient of ${dy.dtype}, not float32`);
  const [{ shape }] = inferResize(images, attrs, [images.dtype]) as readonly [TensorType];
  requireImages(dy);
  for (const [i, d] of shape.entries()) requireEqual(dy.shape[i]!, d, `dimension ${i} of dy and of the resized images`);
  return [{ dtype: 'float32', shape: images.shape }];
}

/** Input pixels per output pixel along one axis. */
export const scaleOf = (from: number, to: number, { alignCorners }: Alignment): number =>
  alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;

/** The input pixel that each output pixel copies, rounded as in tfjs's cpu kernel. */
export function nearestPixels(from: number, to: number, alignment: Alignment): Int32Array {
  const scale = scaleOf(from, to, alignment);
  const round = alignment.alignCorners ? Math.round : Math.floor;
  return Int32Array.from({ length: to }, (_, i) =>
    Math.min(from - 1, round(scale * (alignment.halfPixelCenters ? i + 0.5 : i))),
  );
}

/** Creates the matrix of weights along one axis; rows are output pixels, columns input pixels. */
type Weights = (from: number, to: number, alignment: Alignment) => Float32Array;

export const nearestWeights: Weights = (from, to, alignment) => {
  const weights = new Float32Array(to * from);
  nearestPixels(from, to, alignment).forEach((pixel, i) => {
    weights[i * from + pixel] = 1;
  });
  return weights;
};

export const bilinearWeights: Weights = (from, to, alignment) => {
  const weights = new Float32Array(to * from);
  const scale = scaleOf(from, to, alignment);
  for (let i = 0; i < to; i++) {
    const place = alignment.halfPixelCenters ? scale * (i + 0.5) - 0.5 : scale * i;
    const inside = Math.min(Math.max(place, 0), from - 1);
    const low = Math.min(Math.floor(inside), Math.max(from - 2, 0));
    weights[i * from + low]! += 1 - (inside - low);
    if (inside > low) weights[i * from + low + 1]! += inside - low;
  }
  return weights;
};

/** Resizes images with a matrix of weights for each axis. */
export function resizeBy(weights: Weights, x: Sym, size: readonly Dim[], alignment: Alignment): Sym {
  const matrices = [1, 2].map((axis) => matrixOf(weights, x.shape[axis]!, size[axis - 1]!, alignment));
  return mapAxes(x, matrices, false);
}

/** The adjoint of `resizeBy`, with a result of shape `shape`. */
export function resizeBackBy(weights: Weights, dy: Sym, shape: Shape, alignment: Alignment): Sym {
  const matrices = [1, 2].map((axis) => matrixOf(weights, shape[axis]!, dy.shape[axis]!, alignment));
  return mapAxes(dy, matrices, true);
}

/** Multiplies the height and then the width of images by a matrix each, or its transpose. Batched products are far slower on wasm. */
function mapAxes(x: Sym, [rows, columns]: readonly Sym[], transposed: boolean): Sym {
  const apply = (matrix: Sym, y: Sym): Sym => {
    const [d, ...rest] = y.shape;
    const mapped = matMul(matrix, reshape(y, [d!, product(rest)]), transposed);
    return reshape(mapped, [mapped.shape[0]!, ...rest]);
  };
  const byRow = apply(rows!, transpose(x, [1, 0, 2, 3]));
  const byColumn = apply(columns!, transpose(byRow, [2, 0, 1, 3]));
  return transpose(byColumn, [2, 1, 0, 3]);
}

function matrixOf(weights: Weights, from: Dim, to: Dim, alignment: Alignment): Sym {
  const [n, m] = [from, to] as number[];
  return constant(weights(n!, m!, alignment), 'float32', [m!, n!]);
}

export const sizesOf = ({ shape }: TensorType): Shape => shape.slice(1, 3);

/** Whether the sizes of images before and after are numbers, which computing the weights needs. */
export const areSized = (images: TensorType, size: Shape): boolean => isStatic([...sizesOf(images), ...size]);
