import { type Sample, sample, uniform } from '../sample.ts';
import { random } from './draw.samples.ts';
import { dropout } from './dropout.ts';

const notDifferentiable = 'every run chooses anew';
export const samples: readonly Sample[] = [
  sample({ x: uniform(['$n', 4]) }, { build: ({ x }) => dropout(x!, 0.5), ...random, notDifferentiable }),
  sample(
    { x: uniform(['$n', 4]) },
    { build: ({ x }) => dropout(x!, 0.25, [null, 1]), ...random, notDifferentiable, note: 'rows' },
  ),
  sample(
    { x: uniform(['$n', 4]) },
    {
      build: ({ x }) => dropout(x!, 0),
      reference: (tf, [x]) => tf.clone(x!),
      tfjs: (tf, [x]) => tf.dropout(x!, 0),
      note: 'nothing',
    },
  ),
];
