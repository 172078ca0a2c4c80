import { integers, type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { frame } from './frame.ts';

const row = (length: number, step: number, padEnd?: boolean, padValue?: number): SampleOptions => ({
  build: ({ signal }) => frame(signal!, length, step, padEnd, padValue),
  reference: (tf, [x]) => tf.signal.frame(x as never, length, step, padEnd, padValue),
});
export const samples: readonly Sample[] = [
  sample({ signal: uniform(['$n']) }, { ...row(2, 1), note: 'an unknown length, one frame' }),
  sample({ signal: uniform([7]) }, row(3, 2)),
  sample({ signal: uniform([8]) }, { ...row(3, 2), note: 'an end that is left out' }),
  sample({ signal: uniform([8]) }, { ...row(3, 3, true, 1.5), note: 'an end that is filled' }),
  sample({ signal: uniform([7]) }, { ...row(2, 3, true), note: 'gaps' }),
  sample({ signal: uniform([10]) }, { ...row(2, 5, true), note: 'gaps, and an end in one' }),
  sample({ signal: uniform(['$n']) }, { ...row(3, 1, true, -1), note: 'longer than the signal, filled' }),
  sample(
    { signal: uniform([4]) },
    { ...row(5, 1), note: 'longer than the signal: none', tfGradIsWrong: 'throws for no frames' },
  ),
  sample(
    { signal: uniform([0]) },
    { ...row(2, 1, true), note: 'zero elements', tfGradIsWrong: 'throws for no frames' },
  ),
  sample(
    { signal: uniform(['$n', 5]) },
    {
      ...row(3, 2),
      reference: (tf, [x]) => tf.stack(tf.unstack(x!).map((one) => tf.signal.frame(one as never, 3, 2))),
      tfjs: row(3, 2).reference!,
      tfGradIsWrong: 'throws for a batch, as the value does',
      note: 'a batch, which tf does not take',
    },
  ),
  sample({ signal: integers([5], -5, 5) }, { ...row(2, 2, true), notDifferentiable: 'integers' }),
];
