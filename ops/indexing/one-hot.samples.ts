import { integers, type Sample, sample, values } from '../sample.ts';

const notDifferentiable = 'of integers';
export const samples: readonly Sample[] = [
  sample({ indices: integers(['$n'], 0, 4) }, { attrs: { depth: 4, dtype: 'float32' }, notDifferentiable }),
  sample(
    { indices: integers(['$n'], 0, 4) },
    { attrs: { depth: 4 }, notDifferentiable, note: "integers, tf's default" },
  ),
  sample(
    { indices: integers([2, 3], 0, 4) },
    { attrs: { depth: 4, onValue: 2.5, offValue: -1, dtype: 'float32' }, notDifferentiable },
  ),
  sample({ indices: integers([3], 0, 3) }, { attrs: { depth: 3, dtype: 'bool' }, notDifferentiable, note: 'bools' }),
  sample(
    { indices: values([-1, 0, 7], 'int32') },
    { attrs: { depth: 3, dtype: 'float32' }, notDifferentiable, note: 'out of range' },
  ),
  sample(
    { indices: integers([0], 0, 3) },
    { attrs: { depth: 3, dtype: 'float32' }, notDifferentiable, note: 'zero elements' },
  ),
];
