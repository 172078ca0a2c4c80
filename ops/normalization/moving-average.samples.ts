import { constant } from '../../engine/index.ts';
import { type Sample, sample, uniform, values } from '../sample.ts';
import { movingAverage } from './moving-average.ts';

export const samples: readonly Sample[] = [
  sample(
    { v: uniform(['$n', 2]), x: uniform(['$n', 2]), decay: values(0.9) },
    {
      build: ({ v, x, decay }) => movingAverage(v!, x!, decay!, null, false),
      reference: (tf, [v, x, decay]) => tf.movingAverage(v!, x!, decay as never, undefined, false),
    },
  ),
  sample(
    { v: uniform(['$n', 2]), x: uniform(['$n', 2]), decay: values(0.9) },
    {
      build: ({ v, x, decay }) => movingAverage(v!, x!, decay!, constant(3)),
      reference: (tf, [v, x, decay]) => tf.movingAverage(v!, x!, decay as never, 3),
      note: 'without the bias towards 0',
    },
  ),
];
