import { type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import { computeWeightedLoss, Reduction } from './compute-weighted-loss.ts';

const row = (reduction?: Reduction): SampleOptions => ({
  build: ({ losses, weights }) => computeWeightedLoss(losses!, weights, reduction),
  reference: (tf, [losses, weights]) => tf.losses.computeWeightedLoss(losses!, weights, reduction as number),
});
const tfGradIsWrong = 'none for the weights, through a comparison';
export const samples: readonly Sample[] = [
  sample({ losses: uniform(['$n', 3]) }, row()),
  ...Object.values(Reduction).flatMap((reduction) => [
    sample({ losses: uniform(['$n', 3]) }, row(reduction)),
    sample(
      { losses: uniform(['$n', 3]), weights: uniform([3], 0.5, 2) },
      { ...row(reduction), ...(reduction === Reduction.SUM_BY_NONZERO_WEIGHTS && { tfGradIsWrong }) },
    ),
  ]),
  sample(
    { losses: uniform([2, 3]), weights: uniform([2, 1], 0.5, 2) },
    { ...row(), tfGradIsWrong, note: 'a weight for each row' },
  ),
  sample({ losses: uniform([2, 3]), weights: uniform([], 0.5, 2) }, { ...row(), tfGradIsWrong, note: 'one weight' }),
  sample(
    { losses: uniform([2, 3]) },
    {
      build: ({ losses }) => computeWeightedLoss(losses!, [1, 0, 2]),
      reference: (tf, [losses]) => tf.losses.computeWeightedLoss(losses!, tf.tensor([1, 0, 2])),
      note: 'a weight of 0',
    },
  ),
  sample(
    { losses: uniform([3]), weights: values([0, 0, 0]) },
    {
      ...row(),
      reference: null,
      tfjs: row().reference!,
      notDifferentiable: 'the count jumps',
      note: '0, where tfjs gives NaN',
    },
  ),
];
