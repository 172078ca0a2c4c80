/** Uniform and normal initializers with fixed parameters. */
import { AttributeError, type Initializer, sizeOf } from '../../engine/index.ts';
import { hostNormal, hostTruncatedNormal, hostUniform } from '../../engine/random.ts';
import { finite, makeRandom, type SeedOptions } from './initializer.ts';

export interface UniformOptions extends SeedOptions {
  /** Default -0.05. */
  readonly minval?: number;
  /** Excluded. Default 0.05. */
  readonly maxval?: number;
}
const UNIFORM = { minval: finite(-0.05), maxval: finite(0.05) };

/** Uniform on [minval, maxval). */
export function randomUniform(options: UniformOptions = {}): Initializer {
  return makeRandom('randomUniform', UNIFORM, options, ({ minval, maxval }, shape, seed) => {
    if (minval > maxval) throw new AttributeError(`randomUniform: there is nothing in [${minval}, ${maxval})`);
    return hostUniform(seed, sizeOf(shape), { minval, maxval });
  });
}

export interface NormalOptions extends SeedOptions {
  /** Default 0. */
  readonly mean?: number;
  /** Default 0.05. */
  readonly stddev?: number;
}
const NORMAL = { mean: finite(0), stddev: finite(0.05) };

/** Normal. */
export function randomNormal(options: NormalOptions = {}): Initializer {
  return makeRandom('randomNormal', NORMAL, options, ({ mean, stddev }, shape, seed) =>
    hostNormal(seed, sizeOf(shape), { mean, stdDev: stddev }),
  );
}

/** Normal, truncated at two standard deviations. `stddev` is the standard deviation before truncation, which reduces it to 0.88 of that. */
export function truncatedNormal(options: NormalOptions = {}): Initializer {
  return makeRandom('truncatedNormal', NORMAL, options, ({ mean, stddev }, shape, seed) =>
    hostTruncatedNormal(seed, sizeOf(shape), { mean, stdDev: stddev }),
  );
}
