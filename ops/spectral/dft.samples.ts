import { type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { dft } from './dft.ts';
import { type Limits, transform } from './fourier.ts';

/** The transform of length n in tfjs: all of its bins, or the first ones. */
const inTfjs = (inverse: boolean, bins?: number): SampleOptions => ({
  reference: (tf, [re, im]) => {
    const n = re!.shape.at(-1)!;
    const z = tf.complex(re!, im!);
    const all = inverse ? tf.spectral.ifft(z) : tf.spectral.fft(z);
    return [tf.real(all), tf.imag(all)].map((part) =>
      tf.slice(
        inverse ? tf.mul(part, n) : part,
        [...re!.shape.slice(1).map(() => 0), 0],
        [...re!.shape.slice(0, -1), bins ?? n],
      ),
    );
  },
  tfjs: null,
});
const parts = (...shape: Parameters<typeof uniform>[0]) => ({ re: uniform(shape), im: uniform(shape) });
/** With lower limits, by which a short length is computed as longer ones are. */
const limited = (n: number, bins: number, limits: Limits): SampleOptions => ({
  ...inTfjs(false, bins),
  build: ({ re, im }) => {
    const y = transform({ re: re!, im: im! }, re!.shape[0]!, n, bins, -1, limits);
    return [y.re, y.im];
  },
});
export const samples: readonly Sample[] = [
  ...[1, 2, 3, 4, 5].map((n) => sample(parts('$n', n), { ...inTfjs(false), attrs: { bins: n } })),
  sample(parts(2, 3, 4), { ...inTfjs(true), attrs: { inverse: true, bins: 4 }, note: 'inverse, rank 3' }),
  sample(parts(5), { ...inTfjs(false, 3), attrs: { bins: 3 }, note: 'some bins, rank 1' }),
  sample(parts(2, '$n'), {
    ...inTfjs(false),
    build: ({ re, im }) => {
      const y = dft(re!, im!);
      return [y.re, y.im];
    },
    note: 'an unknown length',
  }),
  sample(parts(0, 4), { ...inTfjs(false), attrs: { bins: 4 }, note: 'zero elements' }),
  sample(parts('$n', 4), { ...limited(4, 4, { direct: 1, prime: 2 }), note: 'two factors' }),
  sample(parts(2, 6), { ...limited(6, 4, { direct: 1, prime: 3 }), note: 'two different factors, some bins' }),
  sample(parts(1, 12), { ...limited(12, 7, { direct: 3, prime: 3 }), note: 'three factors' }),
  sample(parts('$n', 5), { ...limited(5, 5, { direct: 1, prime: 4 }), note: 'a prime' }),
  sample(parts(1, 7), { ...limited(7, 3, { direct: 2, prime: 2 }), note: 'a prime, some bins' }),
  sample(parts(2, 10), { ...limited(10, 10, { direct: 2, prime: 2 }), note: 'a prime factor' }),
];
