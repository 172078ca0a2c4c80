import { type Sample, sample, uniform } from '../sample.ts';
import { flatten } from './flatten.ts';

export const samples: readonly Sample[] = [['$n', 3], [], [2, 3, 2], [0, 3]].map((shape) =>
  sample({ x: uniform(shape) }, { build: ({ x }) => flatten(x!), reference: (tf, [x]) => tf.reshape(x!, [x!.size]) }),
);
