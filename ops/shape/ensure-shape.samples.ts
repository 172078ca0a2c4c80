import { integers, type Sample, sample, uniform } from '../sample.ts';
import { ensureShape } from './ensure-shape.ts';

export const samples: readonly Sample[] = [
  sample(
    { x: uniform([2, 3]) },
    {
      build: ({ x }) => ensureShape(x!, [null, 3]),
      reference: (tf, [x]) => tf.clone(x!),
      tfjs: (tf, [x]) => tf.ensureShape(x!, [null, 3] as never),
      note: 'any number of rows',
    },
  ),
  sample(
    { x: uniform(['$n', 3]) },
    {
      build: ({ x }) => ensureShape(x!, [2, null]),
      reference: (tf, [x]) => tf.clone(x!),
      tfjs: (tf, [x]) => tf.ensureShape(x!, [2, null] as never),
      note: 'an unknown number, which becomes known',
    },
  ),
  sample(
    { x: integers([], -5, 5) },
    {
      build: ({ x }) => ensureShape(x!, []),
      reference: (tf, [x]) => tf.clone(x!),
      tfjs: (tf, [x]) => tf.ensureShape(x!, [] as never),
      notDifferentiable: 'integers',
    },
  ),
];
