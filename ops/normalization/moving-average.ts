import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { AttributeError, formatShape, lift, ShapeError } from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { div } from '../elementwise/div.ts';
import { mul } from '../elementwise/multiply.ts';
import { pow } from '../elementwise/pow.ts';
import { sub } from '../elementwise/sub.ts';
import { mayBeSame } from '../shape/axis.ts';

/**
 * The next value of a moving average `v` of values `x`: v + (1 - decay) (x - v). With `zeroDebias` the change is divided by 1 - decay^step,
 * for an average that starts at 0, with steps counted from 1. For a variable, pass the result to `assign`.
 * @throws ShapeError if the shapes differ; AttributeError for zeroDebias without a step
 */
export function movingAverage(v: SymLike, x: SymLike, decay: SymLike, step?: SymLike | null, zeroDebias = true): Sym {
  const [before, value] = [lift(v), lift(x)];
  if (!mayBeSame(before.shape, value.shape))
    throw new ShapeError(`movingAverage: v is ${formatShape(before.shape)}, x ${formatShape(value.shape)}`);
  const change = mul(sub(value, before), sub(1, decay));
  if (!zeroDebias) return add(before, change);
  if (step === undefined || step === null) throw new AttributeError('movingAverage: zeroDebias needs a step');
  return add(before, div(change, sub(1, pow(decay, step))));
}

export const doc: OpDoc = {
  summary: 'The next value of a moving average.',
  forward: "v' = v + \\frac{1 - \\rho}{1 - \\rho^t} (x - v)",
  gradient: {
    v: "\\bar v' \\left( 1 - \\frac{1 - \\rho}{1 - \\rho^t} \\right)",
    x: "\\bar v' \\frac{1 - \\rho}{1 - \\rho^t}",
    decay: '\\text{of the quotient}',
  },
  source: 'Kingma and Ba, "Adam: a method for stochastic optimization" (2015), section 3, for the correction',
};
