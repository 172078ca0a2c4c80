import { integers, type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { unstack } from './unstack.ts';

const row = (axis: number): SampleOptions => ({
  build: ({ value }) => unstack(value!, axis),
  reference: (tf, [x]) => tf.unstack(x!, axis),
});
export const samples: readonly Sample[] = [
  sample({ value: uniform([3, '$n']) }, row(0)),
  sample({ value: uniform(['$n', 3]) }, row(-1)),
  sample({ value: uniform([2, 3, 2]) }, row(1)),
  sample({ value: uniform([3]) }, { ...row(0), note: 'to scalars' }),
  sample({ value: uniform([1, 3]) }, { ...row(0), note: 'one value', tfGradIsWrong: 'throws for one value' }),
  sample({ value: uniform([2, 0]) }, { ...row(0), note: 'zero elements' }),
  sample(
    { value: uniform([3, 2]) },
    {
      build: ({ value }) => unstack(value!)[1]!,
      reference: (tf, [x]) => tf.unstack(x!)[1]!,
      note: 'others unused',
    },
  ),
  sample({ value: integers([2, 2], -5, 5) }, { ...row(0), notDifferentiable: 'integers' }),
];
