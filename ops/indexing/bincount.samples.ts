import { integers, type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import { bincount } from './bincount.ts';

const tfGradIsWrong = 'it has none';
const notDifferentiable = 'a number of occurrences';
const row = (size: number): SampleOptions => ({
  build: ({ x, weights }) => bincount(x!, weights!, size),
  reference: (tf, [x, weights]) => tf.bincount(x as never, weights as never, size),
  tfGradIsWrong,
});
export const samples: readonly Sample[] = [
  sample({ x: values([1, 3, 1, 0], 'int32'), weights: uniform([4]) }, row(5)),
  sample({ x: integers(['$n'], 0, 4), weights: uniform(['$n']) }, { ...row(4), note: 'an unknown number' }),
  sample({ x: values([1, 7, 1, 0], 'int32'), weights: uniform([4]) }, { ...row(3), note: 'one that is too large' }),
  sample(
    { x: values([1, -2, 1, 0], 'int32'), weights: uniform([4]) },
    {
      ...row(3),
      reference: (tf, [, w]) =>
        tf.stack([tf.slice(w!, 3, 1), tf.add(tf.slice(w!, 0, 1), tf.slice(w!, 2, 1)), tf.zeros([1])]).reshape([3]),
      tfjs: row(3).reference!,
      note: 'a negative one, which tfjs refuses',
    },
  ),
  sample({ x: integers([2, 3], 0, 4), weights: uniform([2, 3]) }, { ...row(4), note: 'rank 2, as a vector' }),
  sample(
    { x: integers(['$n', 3], 0, 4) },
    {
      build: ({ x }) => bincount(x!, [], 4),
      reference: (tf, [x]) => tf.bincount(x as never, [], 4),
      notDifferentiable,
      note: 'without weights',
    },
  ),
  sample({ x: integers([5], 0, 4), weights: integers([5], -5, 5) }, { ...row(4), notDifferentiable: 'integers' }),
  sample({ x: integers([0], 0, 4), weights: uniform([0]) }, { ...row(4), note: 'zero elements' }),
];
