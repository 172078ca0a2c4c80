/** What windows share. */
import {
  AttributeError,
  constant,
  type Sample,
  type SampleOptions,
  type Sym,
  sample,
  uniform,
} from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';

/** a - b cos(2 pi i / n): periodic for an even length, symmetric for an odd one, as in tf. @throws AttributeError */
export function cosineWindow(length: number, a: number, b: number): Sym {
  if (!Number.isInteger(length) || length < 0) throw new AttributeError(`a window of ${length} values`);
  const period = length - (length % 2);
  // a single value is the peak
  const at = (i: number): number => (period === 0 ? a + b : a - b * Math.cos((2 * Math.PI * i) / period));
  return constant(Float32Array.from({ length }, (_, i) => at(i)));
}

/** Rows of a window: even, odd, short, and applied. */
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
