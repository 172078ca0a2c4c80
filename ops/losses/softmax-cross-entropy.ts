import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { broadcastTo, defineComposite, dimValue, ShapeError, select, sumAxes } from '../../engine/index.ts';
import { logSoftmax } from '../activation/log-softmax.ts';
import { softmax } from '../activation/softmax.ts';
import { isFinite as isFiniteNumber } from '../comparison/is-finite.ts';
import { logicalOr } from '../comparison/logical-or.ts';
import { notEqual } from '../comparison/not-equal.ts';
import { add } from '../elementwise/add.ts';
import { div } from '../elementwise/div.ts';
import { mul } from '../elementwise/multiply.ts';
import { neg } from '../elementwise/neg.ts';
import { sub } from '../elementwise/sub.ts';
import { float } from '../elementwise/unary.ts';
import { max } from '../reduction/max.ts';
import { expandDims } from '../shape/expand-dims.ts';
import { computeWeightedLoss, type Reduction } from './compute-weighted-loss.ts';
import { pair, requirePair } from './pair.ts';
import { chosen } from './weigh.ts';

const total = (x: Sym, keepDims: boolean): Sym => sumAxes(x, [x.rank - 1], keepDims);

/** The loss of each row, along the last axis, from logits. The labels of a row need not sum to 1. */
export const SoftmaxCrossEntropyWithLogits = defineComposite({
  name: 'SoftmaxCrossEntropyWithLogits',
  inputs: ['labels', 'logits'],
  infer: ({ labels, logits }) => {
    const shape = requirePair(labels, logits);
    if (shape.length === 0) throw new ShapeError('logits without an axis for the classes');
    return [{ dtype: 'float32', shape: shape.slice(0, -1) }];
  },
  lowering: [
    { kind: 'composite', expand: ({ labels, logits }) => neg(total(chosen(labels, logSoftmax(logits)), false)) },
  ],
  gradient: {
    labels: ({ logits }, { dy }) => mul(expandDims(dy, -1), neg(logSoftmax(logits))),
    logits: ({ labels, logits }, { dy }) =>
      mul(expandDims(dy, -1), sub(mul(softmax(logits), total(labels, true)), labels)),
  },
});

/** The logits, with 0 in rows of weight 0 whose maximum is infinite or NaN, since their softmax would be NaN. */
function weighedRows(logits: Sym, weights: Sym): Sym {
  if (logits.rank === 0) return logits;
  const rows = logits.shape.slice(0, -1);
  const used = logicalOr(notEqual(broadcastTo(weights, rows), 0), isFiniteNumber(max(logits, -1)));
  return select(expandDims(used, -1), logits, 0);
}

/**
 * Cross-entropy of labels and the softmax of logits along the last axis, reduced. `labelSmoothing` moves labels towards the uniform
 * distribution.
 * @throws ShapeError
 */
export function softmaxCrossEntropy(
  onehotLabels: SymLike,
  logits: SymLike,
  weights?: SymLike | null,
  labelSmoothing = 0,
  reduction?: Reduction,
): Sym {
  const { labels, predictions } = pair(onehotLabels, logits);
  const smooth =
    labelSmoothing > 0
      ? add(mul(labels, 1 - labelSmoothing), div(labelSmoothing, dimValue(labels.shape.at(-1) ?? 1)))
      : labels;
  const scores = weights === undefined || weights === null ? predictions : weighedRows(predictions, float(weights));
  return computeWeightedLoss(
    SoftmaxCrossEntropyWithLogits.node({ labels: smooth, logits: scores }),
    weights,
    reduction,
  );
}

export const doc: OpDoc = {
  summary: 'Cross-entropy of labels and softmaxes of logits.',
  forward: '\\ell = -\\sum_i y_i \\ln p_i, \\; p = \\operatorname{softmax}(z)',
  gradient: { labels: '-\\bar \\ell \\ln p', logits: '\\bar \\ell (p \\sum_i y_i - y)' },
  source: 'Introductory ML, eqs. (23)-(24): p - 1(y)',
};
