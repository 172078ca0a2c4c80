import { attr, type Initializer, sizeOf } from '../../engine/index.ts';
import { hostNormal, hostTruncatedNormal, hostUniform } from '../../engine/random.ts';
import { finite, makeRandom, type SeedOptions } from './initializer.ts';

const MODES = ['fanIn', 'fanOut', 'fanAvg'] as const;
const DISTRIBUTIONS = ['truncatedNormal', 'untruncatedNormal', 'uniform'] as const;
type Mode = (typeof MODES)[number];
type Distribution = (typeof DISTRIBUTIONS)[number];

export interface VarianceScalingOptions extends SeedOptions {
  /** 1 */
  readonly scale?: number;
  /** 'fanIn' */
  readonly mode?: Mode;
  /** 'truncatedNormal' */
  readonly distribution?: Distribution;
}

/**
 * How many inputs feed an output of these weights, and how many outputs an input feeds, as in Keras: a matrix is [in, out]; a
 * convolution's filter is [...window, in, out], and the window's size multiplies both; a vector is both.
 */
export function fans(shape: readonly number[]): { readonly fanIn: number; readonly fanOut: number } {
  if (shape.length < 2) return { fanIn: shape[0] ?? 1, fanOut: shape[0] ?? 1 };
  const window = sizeOf(shape.slice(0, -2));
  return { fanIn: window * shape.at(-2)!, fanOut: window * shape.at(-1)! };
}

/** The standard deviation that cutting a standard normal at two of them leaves. */
const TRUNCATED = 0.87962566103423978;

/** float32 values of mean 0 and variance scale / fan. */
function scaled(
  { scale, mode, distribution }: Required<Omit<VarianceScalingOptions, 'seed'>>,
  shape: readonly number[],
  seed: number,
): Float32Array {
  const { fanIn, fanOut } = fans(shape);
  const fan = { fanIn, fanOut, fanAvg: (fanIn + fanOut) / 2 }[mode];
  const variance = scale / Math.max(1, fan);
  const size = sizeOf(shape);
  if (distribution === 'uniform') {
    const limit = Math.sqrt(3 * variance);
    return hostUniform(seed, size, { minval: -limit, maxval: limit });
  }
  const stdDev = Math.sqrt(variance);
  return distribution === 'untruncatedNormal'
    ? hostNormal(seed, size, { stdDev })
    : hostTruncatedNormal(seed, size, { stdDev: stdDev / TRUNCATED });
}

/**
 * Random values whose variance keeps signals' size from layer to layer: scale / fan, with the fan of `mode`. Uniform on
 * [-sqrt(3 scale / fan), sqrt(3 scale / fan)), or normal, by default cut at two standard deviations and widened to the same variance.
 */
export function varianceScaling(options: VarianceScalingOptions = {}): Initializer {
  const schema = {
    scale: finite(1),
    mode: attr.oneOf(MODES, 'fanIn'),
    distribution: attr.oneOf(DISTRIBUTIONS, 'truncatedNormal'),
  };
  return makeRandom('varianceScaling', schema, options, scaled);
}

/** A named case of `varianceScaling`. */
const scaling =
  (name: string, scale: number, mode: Mode, distribution: Distribution) =>
  (options: SeedOptions): Initializer =>
    makeRandom(name, {}, options, (_settings, shape, seed) => scaled({ scale, mode, distribution }, shape, seed));

const NAMED = {
  glorotUniform: scaling('glorotUniform', 1, 'fanAvg', 'uniform'),
  glorotNormal: scaling('glorotNormal', 1, 'fanAvg', 'truncatedNormal'),
  heUniform: scaling('heUniform', 2, 'fanIn', 'uniform'),
  heNormal: scaling('heNormal', 2, 'fanIn', 'truncatedNormal'),
  leCunUniform: scaling('leCunUniform', 1, 'fanIn', 'uniform'),
  leCunNormal: scaling('leCunNormal', 1, 'fanIn', 'truncatedNormal'),
};

/**
 * Uniform on [-limit, limit), limit = sqrt(6 / (fanIn + fanOut)).
 * X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010, eq. (16).
 */
export function glorotUniform(options: SeedOptions = {}): Initializer {
  return NAMED.glorotUniform(options);
}

/** Normal (cut at two standard deviations) of variance 2 / (fanIn + fanOut). Glorot and Bengio 2010, eq. (12). */
export function glorotNormal(options: SeedOptions = {}): Initializer {
  return NAMED.glorotNormal(options);
}

/**
 * Uniform on [-limit, limit), limit = sqrt(6 / fanIn).
 * K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers", ICCV 2015, eq. (10).
 */
export function heUniform(options: SeedOptions = {}): Initializer {
  return NAMED.heUniform(options);
}

/** Normal (cut at two standard deviations) of variance 2 / fanIn. He et al. 2015, eq. (10). */
export function heNormal(options: SeedOptions = {}): Initializer {
  return NAMED.heNormal(options);
}

/**
 * Uniform on [-limit, limit), limit = sqrt(3 / fanIn).
 * Y. LeCun, L. Bottou, G. Orr, K.-R. Mueller, "Efficient BackProp", 1998, section 4.6.
 */
export function leCunUniform(options: SeedOptions = {}): Initializer {
  return NAMED.leCunUniform(options);
}

/** Normal (cut at two standard deviations) of variance 1 / fanIn. LeCun et al. 1998, section 4.6. */
export function leCunNormal(options: SeedOptions = {}): Initializer {
  return NAMED.leCunNormal(options);
}
