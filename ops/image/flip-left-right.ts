import { defineOp, lift, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { reverse } from '../shape/reverse.ts';
import { requireImages } from './images.ts';

export const FlipLeftRight = defineOp({
  name: 'FlipLeftRight',
  inputs: ['image'],
  infer: ({ image }) => {
    requireImages(image);
    return [image];
  },
  lowering: [{ kind: 'kernel' }, { kind: 'composite', expand: ({ image }) => reverse(image, 2) }],
  traits: { involution: true, linear: ['image'], routes: { image: 'whole' } },
  gradient: { image: (_inputs, { dy }) => flipLeftRight(dy) },
});

/** Mirrors images of rank 4 horizontally. @throws ShapeError */
export const flipLeftRight = (image: SymLike): Sym => FlipLeftRight.node({ image: lift(image) });

export const doc: OpDoc = {
  summary: 'Images with left and right exchanged.',
  forward: 'y_{i j} = x_{i, \\, w - 1 - j}',
  gradient: { image: '\\bar y_{i, \\, w - 1 - j}' },
  source: 'a permutation: its adjoint is its inverse, itself',
};
