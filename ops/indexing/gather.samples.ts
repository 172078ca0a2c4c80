import { integers, type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import { gather } from './gather.ts';

/** A gather with batch dimensions, with a reference: tfjs's kernel is wrong for several, and it has no gradient. */
const row = (axis: number, batchDims: number, reference: NonNullable<SampleOptions['reference']>): SampleOptions => ({
  build: ({ x, indices }) => gather(x!, indices!, axis, batchDims),
  reference,
  tfjs: (tf, [x, i]) => tf.gather(x!, i as never, axis, batchDims),
});
export const samples: readonly Sample[] = [
  sample({ x: uniform([4, 3]), indices: values([1, 3, 1], 'int32') }, { attrs: { axis: 0 }, note: 'rows, one twice' }),
  sample(
    {
      x: uniform(['$n', 4]),
      indices: values(
        [
          [0, 3],
          [3, 2],
        ],
        'int32',
      ),
    },
    { attrs: { axis: 1 }, note: 'columns' },
  ),
  sample(
    { x: uniform([5, 2]), indices: integers(['$n', 3], 0, 5) },
    { attrs: { axis: 0 }, note: 'an unknown number of embeddings' },
  ),
  sample(
    { x: uniform([2, 3, 4]), indices: values([2, 0], 'int32') },
    { ...row(-2, 0, (tf, [x, i]) => tf.gather(x!, i as never, 1)), note: 'an inner axis' },
  ),
  sample({ x: uniform([4, 3]), indices: values(2, 'int32') }, { attrs: { axis: 0 }, note: 'one' }),
  sample(
    {
      x: uniform([2, 4, 3]),
      indices: values(
        [
          [1, 3],
          [0, 0],
        ],
        'int32',
      ),
    },
    {
      ...row(1, 1, (tf, [x, i]) => {
        const hot = tf.oneHot(i as never, 4, 1, 0, 'float32');
        return tf.matMul(hot, x!);
      }),
      note: 'a batch',
    },
  ),
  sample(
    {
      x: uniform([2, 3]),
      indices: values(
        [
          [2, 0, 1, 2],
          [1, 1, 0, 2],
        ],
        'int32',
      ),
    },
    {
      ...row(1, 1, (tf, [x, i]) => tf.sum(tf.mul(tf.oneHot(i as never, 3, 1, 0, 'float32'), tf.expandDims(x!, 1)), -1)),
      note: 'a batch, with more indices than it has rows',
    },
  ),
  sample(
    {
      x: uniform([2, 3, 4]),
      indices: values(
        [
          [
            [1, 3],
            [0, 0],
            [2, 1],
          ],
          [
            [0, 1],
            [3, 3],
            [2, 2],
          ],
        ],
        'int32',
      ),
    },
    {
      ...row(2, 2, (tf, [x, i]) => tf.sum(tf.mul(tf.oneHot(i as never, 4, 1, 0, 'float32'), tf.expandDims(x!, 2)), -1)),
      tfGradIsWrong: 'throws for more than one batch dimension',
      note: 'two batch dimensions',
    },
  ),
  sample(
    {
      x: uniform([2, 3, 4]),
      indices: values(
        [
          [1, 3],
          [0, 0],
        ],
        'int32',
      ),
    },
    {
      ...row(2, 1, (tf, [x, i]) => tf.matMul(x!, tf.oneHot(i as never, 4, 1, 0, 'float32'), false, true)),
      note: 'a batch, and an axis further in',
    },
  ),
  sample({ x: uniform([4, 3]), indices: integers([0], 0, 4) }, { attrs: { axis: 0 }, note: 'zero elements' }),
  sample(
    { x: integers([4, 2], -5, 5), indices: integers([3], 0, 4) },
    { attrs: { axis: 0 }, notDifferentiable: 'integers' },
  ),
];
