/** What normalizations by a value's own moments share. */
import { type Sym, sumAxes } from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { rsqrt } from '../elementwise/rsqrt.ts';
import { sub } from '../elementwise/sub.ts';
import { moments } from '../reduction/moments.ts';

/** Those of a value over axes, which stay as 1. */
export interface Statistics {
  readonly mean: Sym;
  readonly variance: Sym;
  /** 1 / sqrt(variance + epsilon) */
  readonly slope: Sym;
  /** The value less its mean, of the value's own shape. */
  readonly centered: Sym;
}

export function statistics(x: Sym, axis: readonly number[], epsilon: number): Statistics {
  const { mean, variance } = moments(x, axis, true);
  return { mean, variance, slope: rsqrt(add(variance, epsilon)), centered: sub(x, mean) };
}

/** Whether a parameter of x is the same along these axes: one for each set of moments, or none. */
export const isConstantAlong = (parameter: Sym | undefined, axis: readonly number[], rank: number): boolean =>
  parameter === undefined || axis.every((a) => (parameter.shape.at(a - rank) ?? 1) === 1);

/** Two sums over axes from which the gradients follow: of a cotangent, and of its product with the centered value. */
export const cotangentSums = (g: Sym, centered: Sym, axis: readonly number[]) => ({
  sum: sumAxes(g, axis, true),
  product: sumAxes(mul(g, centered), axis, true),
});
