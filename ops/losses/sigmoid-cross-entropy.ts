import { defineComposite, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { sigmoid } from '../activation/sigmoid.ts';
import { softplus } from '../activation/softplus.ts';
import { abs } from '../elementwise/abs.ts';
import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { neg } from '../elementwise/neg.ts';
import { step } from '../elementwise/step.ts';
import { sub } from '../elementwise/sub.ts';
import { computeWeightedLoss, type Reduction } from './compute-weighted-loss.ts';
import { pair, requirePair } from './pair.ts';
import { chosen } from './weigh.ts';

/** The loss of each element from logits: precise even where the probability rounds to 0 or 1. */
export const SigmoidCrossEntropyWithLogits = defineComposite({
  name: 'SigmoidCrossEntropyWithLogits',
  inputs: ['labels', 'logits'],
  infer: ({ labels, logits }) => [{ dtype: 'float32', shape: requirePair(labels, logits) }],
  lowering: [
    {
      // the first term is z (1 - y) for z > 0, else -z y: 0 for a label that equals step(z), even if z is infinite
      kind: 'composite',
      expand: ({ labels: y, logits: z }) => add(chosen(sub(step(z), y), z), softplus(neg(abs(z)))),
    },
  ],
  traits: { elementwise: true, finiteSlopes: true },
  gradient: {
    labels: ({ logits }, { dy }) => mul(dy, neg(logits)),
    logits: ({ labels, logits }, { dy }) => mul(dy, sub(sigmoid(logits), labels)),
  },
});

/**
 * Cross-entropy of labels between 0 and 1 and the sigmoids of logits, reduced. `labelSmoothing` moves labels towards 1/2.
 * @throws ShapeError
 */
export function sigmoidCrossEntropy(
  multiClassLabels: SymLike,
  logits: SymLike,
  weights?: SymLike | null,
  labelSmoothing = 0,
  reduction?: Reduction,
): Sym {
  const { labels, predictions } = pair(multiClassLabels, logits);
  const smooth = labelSmoothing > 0 ? add(mul(labels, 1 - labelSmoothing), 0.5 * labelSmoothing) : labels;
  return computeWeightedLoss(
    SigmoidCrossEntropyWithLogits.node({ labels: smooth, logits: predictions }),
    weights,
    reduction,
  );
}

export const doc: OpDoc = {
  summary: 'Cross-entropy of labels and sigmoids of logits.',
  forward: '\\ell = -y \\ln \\sigma(z) - (1 - y) \\ln(1 - \\sigma(z)) = \\max(z, 0) - z y + \\ln(1 + e^{-|z|})',
  gradient: { labels: '-\\bar \\ell z', logits: '\\bar \\ell (\\sigma(z) - y)' },
  source: 'Auddy, eqs. (6), (24): dZ_2 = A_2 - Y',
};
