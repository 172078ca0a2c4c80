import type { Sym } from '../../engine/index.ts';
import { type Sample, sample, uniform, values } from '../sample.ts';
import { Reduction } from './compute-weighted-loss.ts';
import { softmaxCrossEntropy } from './softmax-cross-entropy.ts';

const tfGradIsWrong = 'with respect to the labels';
const row = (reduction?: Reduction, smoothing?: number) => ({
  build: ({ labels, logits, weights }: Readonly<Record<string, Sym>>) =>
    softmaxCrossEntropy(labels!, logits!, weights, smoothing, reduction),
});
export const samples: readonly Sample[] = [
  sample(
    { labels: uniform(['$n', 3], 0, 1), logits: uniform(['$n', 3], -2, 2) },
    {
      ...row(),
      reference: (tf, [y, z]) => tf.losses.softmaxCrossEntropy(y!, z!),
      tfGradIsWrong,
      note: 'labels of any sum',
    },
  ),
  ...Object.values(Reduction).map((reduction) =>
    sample(
      { labels: uniform(['$n', 3], 0, 1), logits: uniform(['$n', 3], -2, 2), weights: uniform(['$n'], 0.5, 2) },
      {
        ...row(reduction),
        reference: (tf, [y, z, w]) => tf.losses.softmaxCrossEntropy(y!, z!, w, 0, reduction as number),
        tfGradIsWrong,
      },
    ),
  ),
  sample(
    { logits: uniform([3, 3], -2, 2) },
    {
      build: ({ logits }) =>
        softmaxCrossEntropy(
          [
            [0, 1, 0],
            [1, 0, 0],
            [0, 0, 1],
          ],
          logits!,
          undefined,
          0,
          Reduction.NONE,
        ),
      reference: (tf, [z]) =>
        tf.neg(
          tf.sum(
            tf.mul(
              [
                [0, 1, 0],
                [1, 0, 0],
                [0, 0, 1],
              ],
              tf.logSoftmax(z!),
            ),
            1,
          ),
        ),
      tfjs: (tf, [z]) => {
        const labels = [
          [0, 1, 0],
          [1, 0, 0],
          [0, 0, 1],
        ];
        return tf.losses.softmaxCrossEntropy(labels, z!, undefined, 0, tf.Reduction.NONE);
      },
      note: 'classes',
    },
  ),
  sample(
    {
      labels: values([
        [0, 1],
        [1, 0],
      ]),
      logits: uniform([2, 2]),
    },
    {
      ...row(undefined, 0.2),
      reference: (tf, [y, z]) => tf.losses.softmaxCrossEntropy(y!, z!, undefined, 0.2),
      tfGradIsWrong,
      note: 'smoothed labels',
    },
  ),
  sample(
    {
      labels: values([
        [0, 1, 0],
        [1, 0, 0],
      ]),
      logits: values([
        [90, 0, -90],
        [90, 0, -90],
      ]),
    },
    {
      ...row(Reduction.NONE),
      reference: (tf, [y, z]) => tf.losses.softmaxCrossEntropy(y!, z!, undefined, 0, tf.Reduction.NONE),
      tfGradIsWrong,
      tolerance: { first: 1e-2, second: 1e-2, reason: 'float32 has steps of 8e-6 at 90' },
      note: 'saturated',
    },
  ),
];
