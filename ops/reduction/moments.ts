import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { square } from '../elementwise/square.ts';
import { sub } from '../elementwise/sub.ts';
import { float } from '../elementwise/unary.ts';
import { type Axes, toAxes } from '../shape/axis.ts';
import { mean } from './mean.ts';
import { kept } from './reduction.ts';

/** Mean and variance over axes, by default all; the variance divides by n. @throws ShapeError */
export function moments(
  x: SymLike,
  axis: Axes = null,
  keepDims = false,
): { readonly mean: Sym; readonly variance: Sym } {
  const sym = float(x);
  const axes = toAxes(axis, sym.rank);
  const m = mean(sym, axes, keepDims);
  return { mean: m, variance: mean(square(sub(sym, kept(m, sym, axes))), axes, keepDims) };
}

export const doc: OpDoc = {
  summary: 'Mean and variance over axes.',
  forward: '\\mu = \\frac 1 n \\sum_i x_i, \\; \\sigma^2 = \\frac 1 n \\sum_i (x_i - \\mu)^2',
  gradient: { x: '\\bar \\mu / n + \\bar{\\sigma^2} \\, 2 (x_i - \\mu) / n' },
  source: 'Ioffe and Szegedy, "Batch normalization" (2015)',
};
