import {
  bools,
  defineOp,
  integers,
  lift,
  type OpDoc,
  type Sym,
  type SymLike,
  sample,
  uniform,
} from '../../engine/index.ts';
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

/** Images of rank 4, left and right exchanged. @throws ShapeError */
export function flipLeftRight(image: SymLike): Sym {
  return FlipLeftRight.node({ image: lift(image) });
}

export const doc: OpDoc = {
  summary: 'Images with left and right exchanged.',
  forward: 'y_{i j} = x_{i, \\, w - 1 - j}',
  gradient: { image: '\\bar y_{i, \\, w - 1 - j}' },
  source: 'a permutation: its adjoint is its inverse, itself',
};
const tfGradIsWrong = 'it has none';
export const samples = () => [
  sample({ image: uniform(['$n', 2, 3, 2]) }, { tfGradIsWrong }),
  sample({ image: uniform(['$n', '$h', '$w', 1]) }, { tfGradIsWrong, note: 'unknown sizes' }),
  sample(
    { image: uniform([1, 2, 3, 1]) },
    {
      build: ({ image }) => flipLeftRight(flipLeftRight(image!)),
      reference: (tf, [image]) => tf.clone(image!),
      tfjs: (tf, [image]) => tf.image.flipLeftRight(tf.image.flipLeftRight(image as never)),
      tfGradIsWrong,
      note: 'twice',
    },
  ),
  sample({ image: uniform([0, 2, 2, 1]) }, { tfGradIsWrong, note: 'zero elements' }),
  sample({ image: integers([1, 2, 3, 2], 0, 9) }, { notDifferentiable: 'integers' }),
  sample({ image: bools([2, 2, 3, 1]) }, { notDifferentiable: 'bools' }),
];
