import { bools, integers, type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';

const notDifferentiable = 'a bool result';

/** Rows of a comparison: floats and integers, equal elements, broadcasting, no elements. */
export const comparisonSamples: readonly Sample[] = [
  sample({ a: uniform(['$n', 3]), b: uniform(['$n', 3]) }, { notDifferentiable }),
  sample(
    {
      a: values([
        [-1, 0, 2],
        [1, 5, -3],
      ]),
      b: values([-1, 1, 2]),
    },
    { notDifferentiable, note: 'a row; equal values' },
  ),
  sample({ a: integers(['$n', 3], -2, 2), b: integers([], -2, 2) }, { notDifferentiable, note: 'integers, a scalar' }),
  sample({ a: integers([2, 1, 3], -2, 2), b: integers([4, 1], -2, 2) }, { notDifferentiable, note: 'both broadcast' }),
  sample(
    { a: values([NaN, NaN, 1, Infinity]), b: values([NaN, 1, NaN, Infinity]) },
    { notDifferentiable, note: 'NaN and Infinity' },
  ),
  sample({ a: uniform([0, 3]), b: uniform([1, 3]) }, { notDifferentiable, note: 'zero elements' }),
];

/** Rows of a logical op of two bools. */
export const logicalSamples = (options: SampleOptions = {}): readonly Sample[] => [
  sample(
    { a: values([false, false, true, true], 'bool'), b: values([false, true, false, true], 'bool') },
    { ...options, notDifferentiable },
  ),
  sample({ a: bools(['$n', 3]), b: bools([3]) }, { ...options, notDifferentiable }),
  sample({ a: bools([2, 1, 3]), b: bools([4, 1]) }, { ...options, notDifferentiable, note: 'both broadcast' }),
  sample({ a: bools([]), b: bools(['$n']) }, { ...options, notDifferentiable, note: 'a scalar' }),
  sample({ a: bools([0, 3]), b: bools([1, 3]) }, { ...options, notDifferentiable, note: 'zero elements' }),
];

/** Rows of a test of floats, such as isNaN. */
export const finitenessSamples = (
  build: SampleOptions['build'],
  reference: SampleOptions['reference'],
): readonly Sample[] => [
  sample({ x: values([NaN, Infinity, -Infinity, 0, -1, 3e38]) }, { notDifferentiable }),
  sample({ x: uniform(['$n', 3]) }, { notDifferentiable }),
  sample({ x: integers(['$n'], -2, 2) }, { build, reference, notDifferentiable, note: 'integers are cast' }),
  sample({ x: uniform([0, 3]) }, { notDifferentiable, note: 'zero elements' }),
];
