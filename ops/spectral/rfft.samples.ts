import { integers, type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { rfft } from './rfft.ts';

const row = (fftLength?: number): SampleOptions => ({
  build: ({ input }) => rfft(input!, fftLength),
  reference: (tf, [x]) => tf.spectral.rfft(tf.cast(x!, 'float32'), fftLength),
  tfjs: (tf, [x]) => tf.spectral.rfft(x!, fftLength),
});
export const samples: readonly Sample[] = [
  ...[1, 2, 3, 4, 5, 6].map((n) => sample({ input: uniform(['$n', n]) }, row())),
  sample({ input: uniform([2, '$n']) }, { ...row(), note: 'an unknown length' }),
  sample({ input: uniform([2, '$n']) }, { ...row(4), note: 'an unknown length, filled' }),
  sample({ input: uniform([6]) }, { ...row(), note: 'rank 1' }),
  sample({ input: uniform([2, 1, 4]) }, { ...row(), note: 'rank 3' }),
  sample({ input: uniform(['$n', 6]) }, { ...row(4), note: 'cut off' }),
  sample({ input: uniform(['$n', 3]) }, { ...row(8), note: 'filled with zeros' }),
  sample({ input: uniform([1, 2]) }, { ...row(72), note: 'a length that is taken apart' }),
  sample({ input: uniform([0, 4]) }, { ...row(), note: 'zero elements' }),
  sample({ input: integers(['$n', 4], -5, 5) }, { ...row(), notDifferentiable: 'integers' }),
];
