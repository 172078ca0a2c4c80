/** What normalizations by a value's own moments share. */
import { dimValue, product, type Sym, select, sumAxes } from '../../engine/index.ts';
import { greater } from '../comparison/greater.ts';
import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { rsqrt } from '../elementwise/rsqrt.ts';
import { sub } from '../elementwise/sub.ts';
import { moments } from '../reduction/moments.ts';

/** Those of a value over axes, which stay as 1; a mean and variance of 0 where there is nothing. */
export interface Statistics {
  readonly mean: Sym;
  readonly variance: Sym;
  /** 1 / sqrt(variance + epsilon) */
  readonly slope: Sym;
  /** The value less its mean, of the value's own shape. */
  readonly centered: Sym;
}

export function statistics(x: Sym, axis: readonly number[], epsilon: number): Statistics {
  const given = isGiven(x, axis);
  const { mean, variance } = moments(x, axis, true);
  const [m, v] = [select(given, mean, 0), select(given, variance, 0)];
  return { mean: m, variance: v, slope: rsqrt(add(v, epsilon)), centered: sub(x, m) };
}

/** Whether there is anything along axes, as a scalar. */
export const isGiven = (x: Sym, axis: readonly number[]): Sym =>
  greater(dimValue(product(axis.map((a) => x.shape[a]!))), 0);

/** Whether a parameter of x is the same along these axes: one for each set of moments, or none. */
export const isConstantAlong = (parameter: Sym | undefined, axis: readonly number[], rank: number): boolean =>
  parameter === undefined || axis.every((a) => (parameter.shape.at(a - rank) ?? 1) === 1);

/** Two sums over axes from which the gradients follow: of a cotangent, and of its product with the centered value. */
export const cotangentSums = (g: Sym, centered: Sym, axis: readonly number[]) => ({
  sum: sumAxes(g, axis, true),
  product: sumAxes(mul(g, centered), axis, true),
});
