/** Moments and sums for ops that normalize a value by its own moments. */
import { dimValue, product, type Sym, select, sumAxes } from '../../engine/index.ts';
import { greater } from '../comparison/greater.ts';
import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { rsqrt } from '../elementwise/rsqrt.ts';
import { sub } from '../elementwise/sub.ts';
import { moments } from '../reduction/moments.ts';

/** The moments of a value over axes, which are kept as 1. Without elements, mean and variance are 0. */
export interface Statistics {
  readonly mean: Sym;
  readonly variance: Sym;
  /** 1 / sqrt(variance + epsilon) */
  readonly slope: Sym;
  /** The value minus its mean, of the value's shape. */
  readonly centered: Sym;
}

export function statistics(x: Sym, axis: readonly number[], epsilon: number): Statistics {
  const given = isGiven(x, axis);
  const { mean, variance } = moments(x, axis, true);
  const [m, v] = [select(given, mean, 0), select(given, variance, 0)];
  return { mean: m, variance: v, slope: rsqrt(add(v, epsilon)), centered: sub(x, m) };
}

/** Whether there are elements along the axes, as a scalar. */
export const isGiven = (x: Sym, axis: readonly number[]): Sym =>
  greater(dimValue(product(axis.map((a) => x.shape[a]!))), 0);

/** Whether a parameter of x is constant along these axes, or absent. */
export const isConstantAlong = (parameter: Sym | undefined, axis: readonly number[], rank: number): boolean =>
  parameter === undefined || axis.every((a) => (parameter.shape.at(a - rank) ?? 1) === 1);

/** The sums over axes that the gradients need: of a cotangent, and of its product with the centered value. */
export const cotangentSums = (g: Sym, centered: Sym, axis: readonly number[]) => ({
  sum: sumAxes(g, axis, true),
  product: sumAxes(mul(g, centered), axis, true),
});
