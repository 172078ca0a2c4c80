import type { Sym } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { type Sample, type SampleOptions, sample, uniform } from '../sample.ts';

/** Rows of a window op: even, odd and short lengths, and applied to a signal. */
export function windowSamples(
  window: (length: number) => Sym,
  name: 'hannWindow' | 'hammingWindow',
): readonly Sample[] {
  const notDifferentiable = 'no inputs';
  const row = (length: number): SampleOptions => ({
    build: () => window(length),
    reference: (tf) => tf.signal[name](length),
    notDifferentiable,
  });
  return [
    ...[0, 2, 3, 4, 5, 10].map((length) => sample({}, row(length))),
    sample(
      {},
      { ...row(1), reference: (tf) => tf.ones([1]), tfjs: row(1).reference!, note: 'one value, where tf gives NaN' },
    ),
    sample(
      { x: uniform(['$n', 4]) },
      { build: ({ x }) => mul(x!, window(4)), reference: (tf, [x]) => tf.mul(x!, tf.signal[name](4)) },
    ),
  ];
}
