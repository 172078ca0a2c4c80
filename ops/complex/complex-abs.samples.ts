import { abs } from '../elementwise/abs.ts';
import { complexUniform, type Sample, sample, values } from '../sample.ts';
import { complexSamples } from './values.samples.ts';

export const samples: readonly Sample[] = [
  ...complexSamples('x'),
  sample({ x: complexUniform(['$n', 3], 0.5, 2) }, { build: ({ x }) => abs(x!), reference: (tf, [x]) => tf.abs(x!) }),
  sample(
    {
      x: values(
        [
          [0, 0],
          [0, -2],
          [3, 0],
        ],
        'complex64',
      ),
    },
    { notDifferentiable: 'a kink' },
  ),
  sample(
    {
      x: values(
        [
          [3e30, 4e30],
          [3e-30, -4e-30],
        ],
        'complex64',
      ),
    },
    { notDifferentiable: 'too large for differences', note: 'squares that float32 does not hold' },
  ),
];
