import { complexUniform, integers, type Sample, sample, uniform } from '../sample.ts';
import { mul } from './multiply.ts';

export const samples: readonly Sample[] = [
  sample({ a: uniform(['$n', 3]), b: uniform(['$n', 3]) }),
  sample({ a: uniform(['$n', 3]), b: uniform([]) }, { note: 'a scalar' }),
  sample({ a: uniform([2, 1, 3]), b: uniform([4, 1]) }, { note: 'both broadcast' }),
  sample(
    { a: uniform([0, 3]), b: uniform([1, 3]) },
    { note: 'zero elements', tfGradIsWrong: 'throws on a broadcast to no elements' },
  ),
  sample({ a: complexUniform(['$n', 3]), b: complexUniform(['$n', 3]) }, { note: 'complex' }),
  sample({ a: complexUniform([2, 1, 3]), b: complexUniform([4, 1]) }, { note: 'complex, both broadcast' }),
  sample(
    { a: complexUniform(['$n', 3]), b: uniform([3]) },
    {
      build: ({ a, b }) => mul(a!, b!),
      reference: (tf, [a, b]) => tf.complex(tf.mul(tf.real(a!), b!), tf.mul(tf.imag(a!), b!)),
      tfjs: (tf, [a, b]) => tf.mul(a!, b!),
      note: 'complex by real',
    },
  ),
  sample({ a: integers([4], -5, 5), b: integers([4], -5, 5) }, { notDifferentiable: 'integers' }),
];
