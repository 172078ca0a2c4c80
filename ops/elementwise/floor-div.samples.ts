import { integers, type Sample, sample, uniform, values } from '../sample.ts';

const notDifferentiable = 'an integer result';
export const samples: readonly Sample[] = [
  sample({ a: integers(['$n', 3], -9, 9), b: integers([3], 1, 5) }, { notDifferentiable }),
  sample(
    { a: integers([2, 1, 3], -9, 9), b: integers([4, 1], -5, 0) },
    { notDifferentiable, note: 'both broadcast, negative divisors' },
  ),
  sample({ a: uniform(['$n', 3], 2.1, 2.9), b: uniform([3], -1, -0.9) }, { notDifferentiable, note: 'floats' }),
  sample({ a: integers([], -9, 9), b: integers([3], 1, 5) }, { notDifferentiable, note: 'a scalar' }),
  sample(
    { a: values([5, -5, 0, 7, -(2 ** 31)], 'int32'), b: values([0, 0, 0, -2, -1], 'int32') },
    { notDifferentiable, wideIntegers: true, note: 'a quotient by 0 is 0; one beyond int32 wraps' },
  ),
  sample({ a: integers([0, 3], -9, 9), b: integers([1, 3], 1, 5) }, { notDifferentiable, note: 'zero elements' }),
];
