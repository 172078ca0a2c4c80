import { type Sample, sample, uniform } from '../sample.ts';
import { expandDims } from './expand-dims.ts';

export const samples: readonly Sample[] = [0, 1, -1].map((axis) =>
  sample(
    { x: uniform(['$n', 3]) },
    { build: ({ x }) => expandDims(x!, axis), reference: (tf, [x]) => tf.expandDims(x!, axis) },
  ),
);
