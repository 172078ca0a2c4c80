import { type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { layerNorm } from './layer-norm.ts';

const row = (axis: number | number[] | undefined, note: string, epsilon?: number): SampleOptions => ({
  build: ({ x, scale, offset }) => layerNorm(x!, scale, offset, axis, epsilon),
  tfjs: null,
  reference: (tf, [x, scale, offset]) => {
    const { mean: m, variance } = tf.moments(x!, axis ?? -1, true);
    const normal = tf.mul(tf.sub(x!, m), tf.rsqrt(tf.add(variance, epsilon ?? 0.001)));
    const shape = [axis ?? -1].flat().reduce<number[]>(
      (s, a) => {
        const at = a < 0 ? a + x!.rank : a;
        s[at] = x!.shape[at]!;
        return s;
      },
      x!.shape.map(() => 1),
    );
    const scaled = scale === undefined ? normal : tf.mul(normal, tf.reshape(scale, shape));
    return offset === undefined ? scaled : tf.add(scaled, tf.reshape(offset, shape));
  },
  note,
});
export const samples: readonly Sample[] = [
  sample({ x: uniform(['$n', 4]), scale: uniform([4], 0.5, 2), offset: uniform([4]) }, row(undefined, 'rows')),
  sample({ x: uniform(['$n', 4]) }, row(-1, 'no scale and no offset', 0.1)),
  sample({ x: uniform(['$n', 2, 3]), scale: uniform([3], 0.5, 2) }, row(-1, 'no offset')),
  sample(
    { x: uniform([2, '$t', 2]), scale: uniform(['$t'], 0.5, 2), offset: uniform(['$t']) },
    row(1, 'an inner, unknown axis'),
  ),
  sample(
    { x: uniform(['$n', 2, 3]), scale: uniform([2, 3], 0.5, 2), offset: uniform([2, 3]) },
    row([-2, -1], 'two axes'),
  ),
  sample(
    { x: uniform(['$n', 2, 3]), scale: uniform([3], 0.5, 2), offset: uniform([3]) },
    {
      attrs: { axis: [0, 1], epsilon: 0.01 },
      tfjs: null,
      reference: (tf, [x, scale, offset]) => {
        const { mean: m, variance } = tf.moments(x!, [0, 1]);
        return tf.batchNorm(x!, m as never, variance as never, offset as never, scale as never, 0.01);
      },
      note: 'over the batch',
    },
  ),
  sample({ x: uniform([5]), scale: uniform([5], 0.5, 2), offset: uniform([5]) }, row(0, 'a vector')),
  sample({ x: uniform([0, 3]), scale: uniform([3]), offset: uniform([3]) }, row(1, 'zero elements')),
];
