import type { Dim, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, DTypeError, defineOp, isStatic, product, reshape } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { scatterND } from '../indexing/scatter-nd.ts';
import { transpose } from '../matrix/transpose.ts';
import { slice } from '../shape/slice.ts';
import { requireImages } from './images.ts';
import { sizesOf } from './resize.ts';
import { rotateWithOffset } from './rotate-with-offset.ts';
import { centerAttr, sourcesOf } from './rotation.ts';

export const RotateWithOffsetGrad = defineOp({
  name: 'RotateWithOffsetGrad',
  inputs: ['dy'],
  attrs: { radians: attr.number(), center: centerAttr() },
  infer: ({ dy }) => {
    requireImages(dy);
    if (dy.dtype !== 'float32') throw new DTypeError(`a gradient of ${dy.dtype}, not float32`);
    return [dy];
  },
  lowering: [
    {
      kind: 'composite',
      ready: ({ dy }) => isStatic(sizesOf(dy)),
      expand: ({ dy }, { radians, center }) => {
        const [n, h, w, c] = dy.shape as readonly [Dim, Dim, Dim, Dim];
        const pixels = product([h, w]);
        const rows = transpose(reshape(dy, [n, pixels, c]), [1, 0, 2]);
        const sources = reshape(sourcesOf(dy, radians, center), [pixels, 1]);
        const sums = slice(scatterND(sources, rows, [(pixels as number) + 1, n, c]), [1, 0, 0], [pixels, n, c]);
        return reshape(transpose(sums, [1, 0, 2]), dy.shape);
      },
    },
  ],
  traits: { linear: ['dy'], routes: { dy: 'part' } },
  gradient: {
    dy: (_inputs, { dy, attrs: { radians, center } }) =>
      rotateWithOffset(dy, radians, 0, center as readonly [number, number]),
  },
});

/** The gradient of rotateWithOffset in its images, given that of its result. @throws ShapeError, DTypeError */
export const rotateWithOffsetGrad = (dy: SymLike, radians: number, center: readonly number[] = [0.5, 0.5]): Sym =>
  RotateWithOffsetGrad.node({ dy: float(dy) }, { radians, center });

export const doc: OpDoc = {
  summary: 'The gradient of rotateWithOffset.',
  forward: '\\bar x_q = \\sum_{p : \\, k(p) = q} \\bar y_p, \\; k(p) = \\operatorname{round}(R_\\varphi (p - c) + c)',
  gradient: { dy: '\\text{what is at } k(p), \\text{ and } 0 \\text{ where that lies beside the image}' },
  source: 'the adjoint of copying pixels is adding them up',
};
