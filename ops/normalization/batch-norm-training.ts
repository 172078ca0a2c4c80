import type { DimLike, OpDoc, Sym, SymLike, Update } from '../../engine/index.ts';
import { AttributeError, assign, reshape, select } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { toAxis } from '../shape/axis.ts';
import { LayerNorm } from './layer-norm.ts';
import { movingAverage } from './moving-average.ts';
import { isGiven, statistics } from './statistics.ts';

/** The parameters and moving moments of a batch normalization, each a vector along the axis. */
export interface BatchNormState {
  /** The scale, by default 1. */
  readonly gamma?: Sym;
  /** The offset, by default 0. */
  readonly beta?: Sym;
  /** Variables that follow the moments of the batches. `batchNorm` uses them for inference. */
  readonly movingMean: Sym;
  readonly movingVariance: Sym;
}

export interface BatchNormOptions {
  /** The axis of the features, by default -1; the others are the batch. */
  readonly axis?: number;
  /** Added to the variance; by default 0.001. */
  readonly epsilon?: number;
  /** The share of the moving moments that each step keeps; by default 0.99. */
  readonly momentum?: number;
}

/**
 * Batch normalization for training, by the moments of this batch over all axes but that of the features. The updates move the moving
 * moments towards these; pass them to `compile` with those of an optimizer. An empty batch does not change them.
 * @throws ShapeError; GraphError if a moving moment is not a variable; AttributeError for a momentum outside of [0, 1]
 */
export function batchNormTraining(
  x: SymLike,
  { gamma, beta, movingMean, movingVariance }: BatchNormState,
  { axis = -1, epsilon = 0.001, momentum = 0.99 }: BatchNormOptions = {},
): { readonly y: Sym; readonly updates: readonly Update[] } {
  if (!(momentum >= 0 && momentum <= 1))
    throw new AttributeError(`batchNormTraining: momentum is a number in [0, 1], not ${momentum}`);
  const value = float(x);
  const features = toAxis(axis, value.rank);
  const axes = value.shape.map((_, i) => i).filter((i) => i !== features);
  const alongFeatures: readonly DimLike[] = value.shape.map((d, i) => (i === features ? d : 1));
  const y = LayerNorm.node(
    {
      x: value,
      ...(gamma && { scale: reshape(gamma, alongFeatures) }),
      ...(beta && { offset: reshape(beta, alongFeatures) }),
    },
    { axis: axes, epsilon },
  );
  const { mean, variance } = statistics(value, axes, epsilon);
  const given = isGiven(value, axes);
  const follow = (variable: Sym, moment: Sym): Update => {
    const moved = movingAverage(variable, reshape(moment, variable.shape), momentum, null, false);
    return assign(variable, select(given, moved, variable));
  };
  return { y, updates: [follow(movingMean, mean), follow(movingVariance, variance)] };
}

export const doc: OpDoc = {
  summary: 'Normalization by the moments of a batch, which moving averages follow.',
  forward:
    "y = \\gamma \\frac{x - \\mu}{\\sqrt{\\sigma^2 + \\epsilon}} + \\beta, \\; m' = \\rho m + (1 - \\rho) \\mu, \\; v' = \\rho v + (1 - \\rho) \\sigma^2",
  gradient: {
    x: '\\gamma r \\left( \\bar y - \\tfrac1n \\sum \\bar y - \\hat x \\tfrac1n \\sum \\bar y \\odot \\hat x \\right)',
    gamma: '\\sum \\bar y \\odot \\hat x',
    beta: '\\sum \\bar y',
  },
  source: 'Ioffe and Szegedy, "Batch normalization" (2015), algorithms 1 and 2',
};
