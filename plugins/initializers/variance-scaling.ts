/** Initializers whose variance depends on the fan-in and fan-out of the weights. */
import { attr, type Initializer, sizeOf } from '../../engine/index.ts';
import { hostNormal, hostTruncatedNormal, hostUniform } from '../../engine/random.ts';
import { finite, makeRandom, type SeedOptions } from './initializer.ts';

const MODES = ['fanIn', 'fanOut', 'fanAvg'] as const;
type Mode = (typeof MODES)[number];
type Distribution = keyof typeof DISTRIBUTIONS;

export interface VarianceScalingOptions extends SeedOptions {
  /** Default 1. */
  readonly scale?: number;
  /** Default 'fanIn'. */
  readonly mode?: Mode;
  /** Default 'truncatedNormal'. */
  readonly distribution?: Distribution;
}

/**
 * The number of inputs of each output (fanIn), and of outputs of each input (fanOut), as in Keras. A matrix is [in, out]. A convolution's
 * filter is [...window, in, out]; the window's size multiplies both. For a vector, both are its length.
 */
export function fans(shape: readonly number[]): { readonly fanIn: number; readonly fanOut: number } {
  if (shape.length < 2) return { fanIn: shape[0] ?? 1, fanOut: shape[0] ?? 1 };
  const window = sizeOf(shape.slice(0, -2));
  return { fanIn: window * shape.at(-2)!, fanOut: window * shape.at(-1)! };
}

/** The standard deviation of a standard normal distribution truncated at 2. */
const TRUNCATED = 0.87962566103423978;

/** Draws `size` float32 values with mean 0 and the given variance. */
type Draw = (seed: number, size: number, variance: number) => Float32Array;

const uniform: Draw = (seed, size, variance) => {
  const limit = Math.sqrt(3 * variance);
  return hostUniform(seed, size, { minval: -limit, maxval: limit });
};
const normal: Draw = (seed, size, variance) => hostNormal(seed, size, { stdDev: Math.sqrt(variance) });
const truncated: Draw = (seed, size, variance) =>
  hostTruncatedNormal(seed, size, { stdDev: Math.sqrt(variance) / TRUNCATED });

const DISTRIBUTIONS = { truncatedNormal: truncated, untruncatedNormal: normal, uniform };

/** Draws values with variance scale / fan. */
function scaled(draw: Draw, scale: number, mode: Mode, shape: readonly number[], seed: number): Float32Array {
  const { fanIn, fanOut } = fans(shape);
  const fan = { fanIn, fanOut, fanAvg: (fanIn + fanOut) / 2 }[mode];
  return draw(seed, sizeOf(shape), scale / Math.max(1, fan));
}

/**
 * Random values with variance scale / fan, which keeps the size of signals from layer to layer. `mode` chooses the fan. Uniform on [-sqrt(3
 * scale / fan), sqrt(3 scale / fan)), or normal; by default normal, truncated at two standard deviations and rescaled to the same variance.
 */
export function varianceScaling(options: VarianceScalingOptions = {}): Initializer {
  const schema = {
    scale: finite(1),
    mode: attr.oneOf(MODES, 'fanIn'),
    distribution: attr.oneOf(Object.keys(DISTRIBUTIONS) as Distribution[], 'truncatedNormal'),
  };
  return makeRandom('varianceScaling', schema, options, ({ scale, mode, distribution }, shape, seed) =>
    scaled(DISTRIBUTIONS[distribution], scale, mode, shape, seed),
  );
}

/** A named case of `varianceScaling`. `draw` is a parameter, so that a bundle contains only the distributions in use. */
const scaling = (name: string, scale: number, mode: Mode, draw: Draw, options: SeedOptions): Initializer =>
  makeRandom(name, {}, options, (_settings, shape, seed) => scaled(draw, scale, mode, shape, seed));

/**
 * Uniform on [-limit, limit), limit = sqrt(6 / (fanIn + fanOut)).
 * X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010, eq. (16).
 */
export const glorotUniform = (options: SeedOptions = {}): Initializer =>
  scaling('glorotUniform', 1, 'fanAvg', uniform, options);

/** Normal, truncated at two standard deviations, with variance 2 / (fanIn + fanOut). Glorot and Bengio 2010, eq. (12). */
export const glorotNormal = (options: SeedOptions = {}): Initializer =>
  scaling('glorotNormal', 1, 'fanAvg', truncated, options);

/**
 * Uniform on [-limit, limit), limit = sqrt(6 / fanIn).
 * K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers", ICCV 2015, eq. (10).
 */
export const heUniform = (options: SeedOptions = {}): Initializer => scaling('heUniform', 2, 'fanIn', uniform, options);

/** Normal, truncated at two standard deviations, with variance 2 / fanIn. He et al. 2015, eq. (10). */
export const heNormal = (options: SeedOptions = {}): Initializer => scaling('heNormal', 2, 'fanIn', truncated, options);

/**
 * Uniform on [-limit, limit), limit = sqrt(3 / fanIn).
 * Y. LeCun, L. Bottou, G. Orr, K.-R. Mueller, "Efficient BackProp", 1998, section 4.6.
 */
export const leCunUniform = (options: SeedOptions = {}): Initializer =>
  scaling('leCunUniform', 1, 'fanIn', uniform, options);

/** Normal, truncated at two standard deviations, with variance 1 / fanIn. LeCun et al. 1998, section 4.6. */
export const leCunNormal = (options: SeedOptions = {}): Initializer =>
  scaling('leCunNormal', 1, 'fanIn', truncated, options);
