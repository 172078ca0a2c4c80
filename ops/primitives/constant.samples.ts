import { mul } from '../elementwise/multiply.ts';
import { type Sample, sample, uniform } from '../sample.ts';
import { scalar, tensor, tensor1d, tensor2d, tensor3d } from './constant.ts';

const notDifferentiable = 'no inputs';
export const samples: readonly Sample[] = [
  sample(
    {},
    {
      build: () =>
        tensor([
          [1, 2],
          [3, 4],
        ]),
      reference: (tf) =>
        tf.tensor([
          [1, 2],
          [3, 4],
        ]),
      notDifferentiable,
    },
  ),
  sample(
    {},
    {
      build: () => tensor([1, 2, 3, 4], [2, 2], 'int32'),
      reference: (tf) => tf.tensor([1, 2, 3, 4], [2, 2], 'int32'),
      notDifferentiable,
    },
  ),
  sample({}, { build: () => tensor([true, false]), reference: (tf) => tf.tensor([true, false]), notDifferentiable }),
  sample(
    {},
    {
      build: () => [tensor1d([1, 2]), tensor2d([1, 2, 3, 4], [2, 2]), tensor3d([[[1], [2]]], undefined, 'int32')],
      reference: (tf) => [
        tf.tensor1d([1, 2]),
        tf.tensor2d([1, 2, 3, 4], [2, 2]),
        tf.tensor3d([[[1], [2]]], undefined, 'int32'),
      ],
      notDifferentiable,
      note: 'with a rank in their name',
    },
  ),
  sample({}, { build: () => scalar(2.5), reference: (tf) => tf.scalar(2.5), notDifferentiable }),
  sample(
    { x: uniform(['$n', 2]) },
    { build: ({ x }) => mul(x!, tensor([2, -3])), reference: (tf, [x]) => tf.mul(x!, tf.tensor([2, -3])) },
  ),
];
