import { integers, type Sample, sample, uniform } from '../sample.ts';
import { complex } from './complex.ts';

export const samples: readonly Sample[] = [
  sample({ real: uniform(['$n', 3]), imag: uniform(['$n', 3]) }),
  sample({ real: uniform([]), imag: uniform([]) }, { note: 'scalars' }),
  sample({ real: uniform([0, 3]), imag: uniform([0, 3]) }, { note: 'zero elements' }),
  sample(
    { real: uniform(['$n', 3]), imag: uniform([3]) },
    {
      reference: (tf, [a, b]) => tf.complex(a!, tf.add(tf.zerosLike(a!), b!)),
      tfjs: (tf, [a, b]) => tf.complex(a!, b!),
      note: 'broadcast, which tf does not',
    },
  ),
  sample(
    { real: integers(['$n'], -5, 5), imag: integers(['$n'], -5, 5) },
    {
      build: ({ real, imag }) => complex(real!, imag!),
      reference: (tf, [a, b]) => tf.complex(tf.cast(a!, 'float32'), tf.cast(b!, 'float32')),
      tfjs: (tf, [a, b]) => tf.complex(a!, b!),
      notDifferentiable: 'integers',
    },
  ),
];
