import { integers, type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { denseBincount } from './dense-bincount.ts';

const row = (size: number, binaryOutput = false): SampleOptions => ({
  build: ({ x, weights }) => denseBincount(x!, weights!, size, binaryOutput),
  reference: (tf, [x, weights]) => tf.denseBincount(x as never, weights as never, size, binaryOutput),
  tfGradIsWrong: 'it has none',
});
const notDifferentiable = 'a number of occurrences';
export const samples: readonly Sample[] = [
  sample({ x: integers(['$n', 4], 0, 5), weights: uniform(['$n', 4]) }, row(5)),
  sample({ x: integers([2, '$n'], 0, 4), weights: uniform([2, '$n']) }, { ...row(3), note: 'some too large' }),
  sample({ x: integers(['$n'], 0, 4), weights: uniform(['$n']) }, { ...row(4), note: 'a vector' }),
  sample(
    { x: integers(['$n', 4], 0, 4), weights: uniform(['$n', 4]) },
    { ...row(3, true), notDifferentiable: '0 or 1', note: 'occurs or not' },
  ),
  sample(
    { x: integers([5], 0, 3), weights: uniform([5]) },
    {
      ...row(4, true),
      reference: (tf, [x]) => tf.cast(tf.greater(tf.bincount(x as never, [], 4), 0), 'float32'),
      tfjs: row(4, true).reference!,
      notDifferentiable: '0 or 1',
      note: 'a vector: occurs or not, which tfjs ignores',
    },
  ),
  sample(
    { x: integers(['$n', 3], 0, 4) },
    {
      build: ({ x }) => denseBincount(x!, [], 4),
      reference: (tf, [x]) => tf.denseBincount(x as never, [], 4),
      notDifferentiable,
      note: 'without weights',
    },
  ),
  sample({ x: integers([2, 0], 0, 4), weights: uniform([2, 0]) }, { ...row(4), note: 'empty rows' }),
  sample({ x: integers([0, 2], 0, 4), weights: uniform([0, 2]) }, { ...row(4), note: 'no rows' }),
];
