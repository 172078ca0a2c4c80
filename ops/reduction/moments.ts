import {
  distinct,
  integers,
  type OpDoc,
  type SampleOptions,
  type Sym,
  type SymLike,
  sample,
} from '../../engine/index.ts';
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
const row = (axis?: Axes, keepDims?: boolean): SampleOptions => ({
  build: ({ x }) => Object.values(moments(x!, axis, keepDims)),
  reference: (tf, [x]) => {
    const { mean: m, variance } = tf.moments(x!, axis as number, keepDims);
    return [m, variance];
  },
});
export const samples = () => [
  sample({ x: distinct(['$n', 3]) }, row(0)),
  sample({ x: distinct([2, '$n', 3]) }, { ...row([0, -1], true), note: 'kept' }),
  sample({ x: distinct([2, 3]) }, { ...row(), note: 'all axes' }),
  sample({ x: distinct([0, 3]) }, { ...row(1), note: 'zero elements' }),
  sample({ x: integers(['$n', 3], -5, 5) }, { ...row(1), notDifferentiable: 'integers' }),
];
