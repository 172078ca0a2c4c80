import type { Dim, DimLike, DType, OpDoc, Sym } from '../../engine/index.ts';
import { AttributeError, cast, DTypeError, reshape, select, toShape } from '../../engine/index.ts';
import { greater } from '../comparison/greater.ts';
import { less } from '../comparison/less.ts';
import { logicalAnd } from '../comparison/logical-and.ts';
import { add } from '../elementwise/add.ts';
import { log } from '../elementwise/log.ts';
import { mul } from '../elementwise/multiply.ts';
import { pow } from '../elementwise/pow.ts';
import { square } from '../elementwise/square.ts';
import { sub } from '../elementwise/sub.ts';
import { slice } from '../shape/slice.ts';
import { randomNormal } from './random-normal.ts';
import { randomUniform } from './random-uniform.ts';

/** At most one candidate in twenty is rejected, so that all of these are rejected once in 3 * 10^10 draws. */
const CANDIDATES = 8;

/**
 * Gamma distributed with shape `alpha` and rate `beta`; draws again in every run. Seeds belong to a program's variables.
 * @throws AttributeError for an alpha or beta that is not positive; DTypeError for a dtype other than float32 and int32
 */
export function randomGamma(
  shape: readonly DimLike[],
  alpha: number,
  beta = 1,
  dtype: 'float32' | 'int32' = 'float32',
): Sym {
  if (!(alpha > 0 && beta > 0)) throw new AttributeError(`randomGamma: alpha ${alpha} and beta ${beta}, not above 0`);
  if (!['float32', 'int32'].includes(dtype as DType)) throw new DTypeError(`randomGamma: no draws of ${dtype}`);
  const dims = toShape(shape);
  // for alpha < 1, a draw with alpha + 1 times a power of a uniform draw
  const above = atLeastOne(dims, alpha < 1 ? alpha + 1 : alpha);
  const drawn = alpha < 1 ? mul(above, pow(positiveUniform(dims), 1 / alpha)) : above;
  return cast(mul(drawn, 1 / beta), dtype);
}

/** Uniform in (0, 1]. */
const positiveUniform = (shape: readonly Dim[]): Sym => sub(1, randomUniform(shape));

/** The first candidate that is accepted; the last if none is. */
function atLeastOne(shape: readonly Dim[], alpha: number): Sym {
  const d = alpha - 1 / 3;
  const x = randomNormal([CANDIDATES, ...shape]);
  const root = add(1, mul(x, 1 / Math.sqrt(9 * d)));
  const v = mul(root, square(root));
  const bound = add(mul(0.5, square(x)), add(d, mul(d, sub(log(v), v))));
  const accepted = logicalAnd(greater(root, 0), less(log(positiveUniform([CANDIDATES, ...shape])), bound));
  const nth = (s: Sym, k: number): Sym => reshape(slice(s, k, 1), shape);
  let chosen = nth(v, CANDIDATES - 1);
  for (let k = CANDIDATES - 2; k >= 0; k--) chosen = select(nth(accepted, k), nth(v, k), chosen);
  return mul(chosen, d);
}

export const doc: OpDoc = {
  summary: 'Gamma distributed numbers.',
  forward: 'y_i \\sim \\Gamma(\\alpha, \\beta), \\; p(y) \\propto y^{\\alpha - 1} e^{-\\beta y}',
  gradient: {},
  source: 'Marsaglia, Tsang, "A simple method for generating gamma variables" (2000)',
};
