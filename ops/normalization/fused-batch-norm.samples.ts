import { type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { batchNorm, batchNorm2d, batchNorm3d, batchNorm4d } from './fused-batch-norm.ts';

const moments = (shape: readonly (number | string)[]) => ({ mean: uniform(shape), variance: uniform(shape, 0.5, 2) });
const affine = (shape: readonly (number | string)[]) => ({ offset: uniform(shape), scale: uniform(shape, 0.5, 2) });
const throwsWithoutScale = 'throws without a scale';
/** The builder for a rank, by name, with all parameters. */
const byRank = (name: 'batchNorm' | 'batchNorm2d' | 'batchNorm3d' | 'batchNorm4d'): SampleOptions => ({
  build: ({ x, mean, variance, offset, scale }) =>
    ({ batchNorm, batchNorm2d, batchNorm3d, batchNorm4d })[name](x!, mean!, variance!, offset, scale, 0.01),
  reference: (tf, [x, mean, variance, offset, scale]) =>
    tf[name](x as never, mean as never, variance as never, offset as never, scale as never, 0.01),
});
const formula: SampleOptions['reference'] = (tf, [x, mean, variance, offset, scale]) => {
  const normal = tf.mul(tf.sub(x!, mean!), tf.rsqrt(tf.add(variance!, 0.001)));
  return tf.add(tf.mul(normal, scale!), offset!);
};
export const samples: readonly Sample[] = [
  sample({ x: uniform(['$n', 2, 2, 3]), ...moments([3]), ...affine([3]) }),
  sample(
    { x: uniform(['$n', 2, 2, 3]), ...moments([3]), scale: uniform([3], 0.5, 2) },
    {
      attrs: { varianceEpsilon: 0.1 },
      reference: (tf, [x, m, v, s]) => tf.batchNorm(x!, m as never, v as never, undefined, s as never, 0.1),
      tfGradIsWrong: 'throws without an offset',
      note: 'no offset',
    },
  ),
  sample(
    { x: uniform(['$n', 1, 2, 3]), ...moments([3]), offset: uniform([3]) },
    { tfGradIsWrong: throwsWithoutScale, note: 'no scale' },
  ),
  sample(
    { x: uniform(['$n', 1, 2, 3]), ...moments([3]) },
    { tfGradIsWrong: throwsWithoutScale, note: 'no scale and no offset' },
  ),
  sample(
    { x: uniform([2, 1, 2, 3]), ...moments([2, 1, 2, 3]), ...affine([2, 1, 2, 3]) },
    { note: "parameters of x's shape" },
  ),
  sample(
    { x: uniform([2, 1, 2, 3]), ...moments([1, 1, 1, 3]), ...affine([1, 1, 1, 3]) },
    { tfGradIsWrong: 'does not sum over what is broadcast', note: "parameters of x's rank" },
  ),
  sample(
    { x: uniform([2, 3, 2]), ...moments([3, 1]), ...affine([2, 1, 1]) },
    {
      reference: formula,
      tfjs: (tf, [x, m, v, o, s]) => tf.batchNorm(x!, m as never, v as never, o as never, s as never),
      tfGradIsWrong: 'throws for parameters of different ranks, as the value does',
      note: 'broadcast otherwise, which tfjs does not',
    },
  ),
  sample({ x: uniform(['$n', 3]), ...moments([3]), ...affine([3]) }, { ...byRank('batchNorm2d'), note: 'a matrix' }),
  sample({ x: uniform([2, '$t', 3]), ...moments([3]), ...affine([3]) }, { ...byRank('batchNorm3d'), note: 'rank 3' }),
  sample(
    { x: uniform(['$n', 1, 2, 2]), ...moments([2]), ...affine([2]) },
    { ...byRank('batchNorm4d'), note: 'rank 4' },
  ),
  sample({ x: uniform([3]), ...moments([3]), ...affine([3]) }, { ...byRank('batchNorm'), note: 'a vector' }),
  sample({ x: uniform([0, 1, 2, 3]), ...moments([3]), ...affine([3]) }, { note: 'zero elements' }),
];
