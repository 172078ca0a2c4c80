import { mul } from '../elementwise/multiply.ts';
import { type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { linspace, range } from './iota.ts';

const row = (start: number, stop: number, step?: number, dtype?: 'float32' | 'int32'): SampleOptions => ({
  build: () => range(start, stop, step, dtype),
  reference: (tf) => tf.range(start, stop, step, dtype),
  notDifferentiable: 'no inputs',
});
export const samples: readonly Sample[] = [
  sample({}, row(0, 5)),
  sample({}, row(1, 9, 3, 'int32')),
  sample({}, { ...row(5, 1), note: 'downwards' }),
  sample({}, { ...row(0, 1, 0.25), note: 'fractions' }),
  sample({}, { ...row(2, 2), note: 'zero elements' }),
  sample(
    {},
    { build: () => linspace(-1, 1, 5), reference: (tf) => tf.linspace(-1, 1, 5), notDifferentiable: 'no inputs' },
  ),
  sample(
    {},
    { build: () => linspace(3, 9, 1), reference: (tf) => tf.linspace(3, 9, 1), notDifferentiable: 'no inputs' },
  ),
  sample(
    { x: uniform(['$n']) },
    {
      build: ({ x }) => mul(x!, range(0, x!.shape[0]!)),
      reference: (tf, [x]) => tf.mul(x!, tf.range(0, x!.shape[0]!)),
      note: 'up to an unknown dim',
    },
  ),
];
