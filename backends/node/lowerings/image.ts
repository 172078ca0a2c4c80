/** Resizing of images, and local response normalization. */
import type { Node, Shape } from '../../../engine/index.ts';
import { exactScale } from '../../exact-scale.ts';
import * as attr from '../graph/attributes.ts';
import { attrsOf, type Lowering, type Lowerings, T } from './lowering.ts';

const alignment = ({ attrs }: Node) => ({
  align_corners: attr.bool(attrs.alignCorners as boolean),
  half_pixel_centers: attr.bool(attrs.halfPixelCenters as boolean),
});

const resize = (op: string): Lowering => ({
  write: (w, node, [images]) =>
    w.op(op, [images!, w.dims(node.attrs.size as Shape)], { ...T(images!), ...alignment(node) }),
});

const lrn = (node: Node) => {
  const { depthRadius, bias, alpha, beta } = attrsOf<Record<'depthRadius' | 'bias' | 'alpha' | 'beta', number>>(node);
  return {
    depth_radius: attr.int(depthRadius),
    bias: attr.float(bias),
    alpha: attr.float(alpha),
    beta: attr.float(beta),
  };
};

export const image: Lowerings = {
  ResizeBilinear: resize('ResizeBilinear'),
  // selects wrong pixels near borders if the scale is not exact in float32
  ResizeNearestNeighbor: { ...resize('ResizeNearestNeighbor'), when: exactScale },
  ResizeBilinearGrad: {
    write: (w, node, [images, dy]) => w.op('ResizeBilinearGrad', [dy!, images!], { ...T(images!), ...alignment(node) }),
  },
  ResizeNearestNeighborGrad: {
    when: exactScale,
    write: (w, node, [, dy]) =>
      w.op('ResizeNearestNeighborGrad', [dy!, w.dims(node.inputs[0]!.shape.slice(1, 3))], {
        ...T(dy!),
        ...alignment(node),
      }),
  },
  CropAndResize: {
    write: (w, node, [images, boxes, boxInd]) => {
      const { cropSize, method, extrapolationValue } = attrsOf<{
        cropSize: readonly number[];
        method: string;
        extrapolationValue: number;
      }>(node);
      return w.op('CropAndResize', [images!, boxes!, boxInd!, w.ints(cropSize)], {
        ...T(images!),
        method: attr.string(method),
        extrapolation_value: attr.float(extrapolationValue),
      });
    },
  },
  LRN: { write: (w, node, [x]) => w.op('LRN', [x!], { ...T(x!), ...lrn(node) }) },
  LRNGrad: { write: (w, node, [x, y, dy]) => w.op('LRNGrad', [dy!, x!, y!], { ...T(dy!), ...lrn(node) }) },
};
