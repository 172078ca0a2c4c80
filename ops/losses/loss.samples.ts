/** Rows that losses with tf's arguments share. */
import type { Sym, SymLike } from '../../engine/index.ts';
import { type Sample, type SampleInput, type SampleOptions, sample, uniform } from '../sample.ts';
import { Reduction } from './compute-weighted-loss.ts';

type Build = (labels: SymLike, predictions: SymLike, weights?: SymLike | null, reduction?: Reduction) => Sym;
type Tf = Parameters<NonNullable<SampleOptions['reference']>>[0];
// biome-ignore lint/suspicious/noExplicitAny: tf's losses differ in the types of their arguments
type TfLoss = (...args: any[]) => any;

interface Drawn {
  readonly labels?: (shape: readonly (string | number)[]) => SampleInput;
  readonly predictions?: (shape: readonly (string | number)[]) => SampleInput;
}

/** Rows for every reduction, with and without weights, with drawn labels and predictions. */
export function lossSamples(
  build: Build,
  loss: (tf: Tf) => TfLoss,
  { labels = uniform, predictions = uniform }: Drawn = {},
  options: SampleOptions = {},
): readonly Sample[] {
  const inputs = (shape: readonly (string | number)[]) => ({ labels: labels(shape), predictions: predictions(shape) });
  const row = (reduction?: Reduction): SampleOptions => ({
    ...options,
    build: ({ labels: y, predictions: p, weights }) => build(y!, p!, weights, reduction),
    reference: (tf, [y, p, w]) => loss(tf)(y, p, w, reduction),
  });
  return [
    sample(inputs(['$n', 3]), row()),
    sample(inputs([4]), { ...row(), note: 'a vector' }),
    ...Object.values(Reduction).map((reduction) => sample(inputs(['$n', 3]), row(reduction))),
    sample(
      { ...inputs([2, 3]), weights: uniform([2, 1], 0.5, 2) },
      { ...row(), tfGradIsWrong: options.tfGradIsWrong ?? 'none for the weights', note: 'weights' },
    ),
  ];
}
