/** Layers that normalize: over the batch, over axes, or over groups of features. */
import { AttributeError, type Dim, type InitializerLike, reshape, type Sym, type Update } from '../../engine/index.ts';
import { add, batchNorm, batchNormTraining, layerNorm, mul } from '../../ops/exports.ts';
import { toAxes, toAxis } from '../../ops/shape/axis.ts';
import type { Regularizer } from '../regularizers/exports.ts';
import { type LayerOptions, layer, type MakeVariable, requireCount, sizeOfAxis } from './layer.ts';

interface NormalizationOptions extends LayerOptions {
  /** Added to the variance. Default 0.001. */
  readonly epsilon?: number;
  /** Add a learned offset. Default true. */
  readonly center?: boolean;
  /** Multiply by a learned scale. Default true. */
  readonly scale?: boolean;
  /** Default: zeros. */
  readonly betaInitializer?: InitializerLike;
  /** Default: ones. */
  readonly gammaInitializer?: InitializerLike;
  /** The penalty of the offset: see `regularized`. */
  readonly betaRegularizer?: Regularizer;
  /** The penalty of the scale: see `regularized`. */
  readonly gammaRegularizer?: Regularizer;
}

/** Makes the variables `gamma` and `beta`, unless they are turned off. */
const scaleAndOffset = (
  variable: MakeVariable,
  shape: readonly Dim[],
  { center = true, scale = true, betaInitializer = 0, gammaInitializer = 1, ...options }: NormalizationOptions,
): { readonly gamma: Sym | undefined; readonly beta: Sym | undefined } => ({
  gamma: scale ? variable('gamma', shape, gammaInitializer, { regularizer: options.gammaRegularizer }) : undefined,
  beta: center ? variable('beta', shape, betaInitializer, { regularizer: options.betaRegularizer }) : undefined,
});

export interface BatchNormalizationOptions extends NormalizationOptions {
  /** true: use the moments of the batch, and update the moving averages. false (the default): use the averages. */
  readonly training?: boolean;
  /** The axis of the features. Default -1. */
  readonly axis?: number;
  /** The part of the averages that each step keeps. Default 0.99. */
  readonly momentum?: number;
  /** Default: zeros. */
  readonly movingMeanInitializer?: InitializerLike;
  /** Default: ones. */
  readonly movingVarianceInitializer?: InitializerLike;
}

/**
 * Normalizes along an axis, in training by the moments of the batch, otherwise by their moving averages. Variables `gamma`, `beta`, and
 * `movingMean` and `movingVariance`, which optimizers do not train; each has the axis's size. In training, pass `updates` to `compile`
 * together with those of an optimizer; otherwise `updates` is empty.
 *
 * S. Ioffe, C. Szegedy, "Batch normalization", ICML 2015.
 * @throws ShapeError if the axis's size is unknown; GraphError, AttributeError
 */
export function batchNormalization(
  x: Sym,
  options: BatchNormalizationOptions = {},
): { readonly y: Sym; readonly updates: readonly Update[] } {
  const { training = false, axis = -1, momentum = 0.99, epsilon = 1e-3 } = options;
  const { movingMeanInitializer = 0, movingVarianceInitializer = 1 } = options;
  return layer('batchNormalization', x, options, (variable) => {
    const size = [sizeOfAxis('batchNormalization', x, axis)];
    const features = toAxis(axis, x.rank);
    const { gamma, beta } = scaleAndOffset(variable, size, options);
    const movingMean = variable('movingMean', size, movingMeanInitializer, { trainable: false });
    const movingVariance = variable('movingVariance', size, movingVarianceInitializer, { trainable: false });
    if (training) {
      const state = { ...(gamma && { gamma }), ...(beta && { beta }), movingMean, movingVariance };
      return batchNormTraining(x, state, { axis: features, epsilon, momentum });
    }
    const along = x.shape.map((_, i) => (i === features ? size[0]! : 1));
    const [mean, variance, offset, factor] = [movingMean, movingVariance, beta, gamma].map(
      (v) => v && (features === x.rank - 1 ? v : reshape(v, along)),
    );
    return { y: batchNorm(x, mean!, variance!, offset, factor, epsilon), updates: [] };
  });
}

export interface LayerNormalizationOptions extends NormalizationOptions {
  /** The axes to normalize together. Default -1. */
  readonly axis?: number | readonly number[];
}

/**
 * Normalizes each example along axes to mean 0 and variance 1, then applies a learned scale and offset. Variables `gamma` and `beta`, of
 * the axes' sizes.
 *
 * J. Ba, J. Kiros, G. Hinton, "Layer normalization" (2016).
 * @throws ShapeError if these sizes are unknown; GraphError, AttributeError
 */
export function layerNormalization(x: Sym, options: LayerNormalizationOptions = {}): Sym {
  const { axis = -1, epsilon = 1e-3 } = options;
  return layer('layerNormalization', x, options, (variable) => {
    for (const a of [axis].flat()) sizeOfAxis('layerNormalization', x, a);
    const axes = toAxes(axis, x.rank);
    const sizes = axes.map((a) => sizeOfAxis('layerNormalization', x, a));
    const { gamma, beta } = scaleAndOffset(variable, sizes, options);
    return layerNorm(x, gamma, beta, axes, epsilon);
  });
}

export interface GroupNormalizationOptions extends NormalizationOptions {
  /** The number of groups of features. Default 32. -1 makes one group for each feature, which is instance normalization. */
  readonly groups?: number;
  /** The axis of the features. Default -1. */
  readonly axis?: number;
}

/**
 * Normalizes each group of features of each example, over all other axes, to mean 0 and variance 1; then applies a learned scale and offset
 * for each feature. Variables `gamma` and `beta`, of the axis's size.
 *
 * Y. Wu, K. He, "Group normalization", ECCV 2018.
 * @throws ShapeError if the axis's size is unknown; AttributeError for groups that do not divide it, or if the axis is the batch's;
 * GraphError
 */
export function groupNormalization(x: Sym, options: GroupNormalizationOptions = {}): Sym {
  const { groups = 32, axis = -1, epsilon = 1e-3 } = options;
  return layer('groupNormalization', x, options, (variable) => {
    const size = sizeOfAxis('groupNormalization', x, axis);
    const features = toAxis(axis, x.rank);
    const count = groups === -1 ? size : groups;
    requireCount('groupNormalization', 'groups', count);
    if (features === 0 || size % count !== 0)
      throw new AttributeError(
        features === 0
          ? 'groupNormalization: axis 0 is the batch, which has no features'
          : `groupNormalization: ${count} groups do not divide ${size} features`,
      );
    const { gamma, beta } = scaleAndOffset(variable, [size], options);
    const apart = x.shape.flatMap((d, i) => (i === features ? [count, size / count] : [d]));
    const within = apart.map((_, i) => i).filter((i) => i !== 0 && i !== features);
    const normal = reshape(layerNorm(reshape(x, apart), undefined, undefined, within, epsilon), x.shape);
    const along = (v: Sym): Sym => reshape(v, [size, ...x.shape.slice(features + 1).map(() => 1)]);
    const scaled = gamma === undefined ? normal : mul(normal, along(gamma));
    return beta === undefined ? scaled : add(scaled, along(beta));
  });
}
