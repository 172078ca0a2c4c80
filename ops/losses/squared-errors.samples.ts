import type { Sym } from '../../engine/index.ts';
import { type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import type { SquaredErrorOptions } from './squared-errors.ts';

/** Rows of a squared error; `factor` is that of the sum of squares. */
export function squaredErrorSamples(
  build: (labels: Sym, predictions: Sym, options?: SquaredErrorOptions) => Sym,
  factor: number,
): readonly Sample[] {
  const row = (averageOverSamples: boolean): SampleOptions => ({
    tfjs: null,
    build: ({ labels, predictions }) => build(labels!, predictions!, { averageOverSamples }),
    reference: (tf, [y, p]) =>
      tf.mul(factor / (averageOverSamples ? p!.shape[0]! : 1), tf.sum(tf.squaredDifference(p!, y!))),
  });
  return [
    sample({ labels: uniform(['$n', 3]), predictions: uniform(['$n', 3]) }, row(false)),
    sample(
      { labels: uniform(['$n', 3]), predictions: uniform(['$n', 3]) },
      { ...row(true), note: 'averaged over the samples' },
    ),
    sample({ labels: uniform([3]), predictions: uniform([3]) }, { ...row(false), note: 'one sample' }),
    sample({ labels: uniform([0, 3]), predictions: uniform([0, 3]) }, { ...row(false), note: 'zero elements' }),
  ];
}
