import { AttributeError, broadcastTo, cast, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { notEqual } from '../comparison/not-equal.ts';
import { div } from '../elementwise/div.ts';
import { divNoNan } from '../elementwise/div-no-nan.ts';
import { float } from '../elementwise/unary.ts';
import { mean } from '../reduction/mean.ts';
import { sum } from '../reduction/sum.ts';
import { weigh } from './weigh.ts';

/** How losses are reduced: not at all, by the weighted mean, the sum, or the mean over elements whose weight is not 0. */
export const Reduction = { NONE: 0, MEAN: 1, SUM: 2, SUM_BY_NONZERO_WEIGHTS: 3 } as const;
export type Reduction = (typeof Reduction)[keyof typeof Reduction];

/**
 * Losses times weights, which broadcast to them, reduced. MEAN divides by the sum of the weights; SUM_BY_NONZERO_WEIGHTS is 0 if all
 * weights are 0. A loss with weight 0 is ignored, even if it is infinite or NaN.
 * @throws AttributeError for an unknown reduction
 */
export function computeWeightedLoss(
  losses: SymLike,
  weights?: SymLike | null,
  reduction: Reduction = Reduction.SUM_BY_NONZERO_WEIGHTS,
): Sym {
  const each = float(losses);
  const weighted = weights === undefined || weights === null ? undefined : broadcastTo(float(weights), each.shape);
  const product = weighted === undefined ? each : weigh(weighted, each);
  switch (reduction) {
    case Reduction.NONE:
      return product;
    case Reduction.SUM:
      return sum(product);
    case Reduction.MEAN:
      return weighted === undefined ? mean(each) : div(sum(product), sum(weighted));
    case Reduction.SUM_BY_NONZERO_WEIGHTS:
      return weighted === undefined ? mean(each) : divNoNan(sum(product), sum(cast(notEqual(weighted, 0), 'float32')));
    default:
      throw new AttributeError(`there is no reduction ${String(reduction)}`);
  }
}

export const doc: OpDoc = {
  summary: 'Losses of single elements, weighted and reduced.',
  forward: 'y = \\sum_i w_i \\ell_i / \\sum_i \\mathbb 1(w_i \\ne 0)',
  gradient: {
    losses: '\\bar y w_i / \\sum_i \\mathbb 1(w_i \\ne 0)',
    weights: '\\bar y \\ell_i / \\sum_i \\mathbb 1(w_i \\ne 0)',
  },
  source: 'Auddy, eqs. (5)-(6)',
};
