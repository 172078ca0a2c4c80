import { integers, type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import { binarySamples } from './binary.samples.ts';
import { pow } from './pow.ts';

/** A row with a constant exponent. */
const power = (a: readonly number[], exponent: number, options: SampleOptions = {}) =>
  sample(
    { a: values(a) },
    { build: ({ a: x }) => pow(x!, exponent), reference: (tf, [x]) => tf.pow(x!, exponent), ...options },
  );
export const samples: readonly Sample[] = [
  ...binarySamples([0.5, 2], [-2, 2]),
  power([-2, -0.5, 0, 1.5], 2, { note: 'a square, at 0 too' }),
  power([-2, -0.5, 0, 1.5], 3, { note: 'a cube, at 0 too' }),
  power([-2, -0.5, 0, 1.5], 1),
  power([-2, -0.5, 0, 1.5], 0, { tfGradIsWrong: 'NaN at 0' }),
  power([-2, -0.5, 1.5], -2),
  power([0.5, 1.5, 3], 2.5),
  sample(
    { a: values([0, 0, 0]), b: values([3, 4, 5]) },
    {
      notDifferentiable: 'a negative base has no power between integers, so that nothing can be shifted',
      note: 'a base of 0',
    },
  ),
  sample({ a: values([0, 0, 2]), b: values([0, 2, 0]) }, { notDifferentiable: '0^b jumps at b = 0', note: '0^0 is 1' }),
  sample(
    { b: uniform(['$n', 3], -2, 2) },
    { build: ({ b }) => pow(2, b!), reference: (tf, [b]) => tf.pow(2, b!), note: 'a constant base' },
  ),
  sample({ a: integers([6], -3, 4), b: integers([6], 0, 4) }, { notDifferentiable: 'integers' }),
  sample(
    { a: values([3, -2], 'int32'), b: values([20, 31], 'int32') },
    { notDifferentiable: 'integers', wideIntegers: true, note: 'beyond int32 it wraps' },
  ),
];
