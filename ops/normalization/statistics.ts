/** What normalizations by a value's own moments share. */
import type { Sym } from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { rsqrt } from '../elementwise/rsqrt.ts';
import { sub } from '../elementwise/sub.ts';
import { moments } from '../reduction/moments.ts';

export interface Statistics {
  /** Over the axes, which stay as 1. */
  readonly mean: Sym;
  readonly variance: Sym;
  /** 1 / sqrt(variance + epsilon) */
  readonly deviation: Sym;
  /** With mean 0 and, but for epsilon, variance 1. */
  readonly normal: Sym;
}

export function statistics(x: Sym, axis: readonly number[], epsilon: number): Statistics {
  const { mean, variance } = moments(x, axis, true);
  const deviation = rsqrt(add(variance, epsilon));
  return { mean, variance, deviation, normal: mul(sub(x, mean), deviation) };
}
