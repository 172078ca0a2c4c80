import { integers, type Sample, sample, values } from '../sample.ts';

const notDifferentiable = 'integers';
export const samples: readonly Sample[] = [
  sample({ a: integers(['$n', 3], -99, 99), b: integers(['$n', 3], -99, 99) }, { notDifferentiable }),
  sample({ a: integers(['$n', 3], -99, 99), b: integers([3], -99, 99) }, { notDifferentiable, note: 'a row' }),
  sample(
    { a: integers([2, 1, 3], -99, 99), b: integers([4, 1], -99, 99) },
    { notDifferentiable, note: 'both broadcast' },
  ),
  sample({ a: integers([], -99, 99), b: integers([3], -99, 99) }, { notDifferentiable, note: 'a scalar' }),
  sample(
    { a: values([2147483647, -2147483648, -1], 'int32'), b: values([16777217, -1, 305419896], 'int32') },
    { notDifferentiable, wideIntegers: true, note: 'all 32 bits' },
  ),
  sample({ a: integers([0, 3], -9, 9), b: integers([1, 3], -9, 9) }, { notDifferentiable, note: 'zero elements' }),
];
