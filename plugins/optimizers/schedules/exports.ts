/**
 * Learning rate schedules, with the names and formulas of tf.keras. A schedule takes the number of updates made so far, a float32 scalar
 * (or int32) that is 0 in the first run, and returns the rate of the next one.
 */
import { AttributeError, cast, lift, type Sym, type SymLike, select } from '../../../engine/index.ts';
import { add, cos, div, floor, less, lessEqual, minimum, mul, pow, sub } from '../../../ops/exports.ts';
import type { Schedule } from '../settings.ts';

const schedule =
  (f: (step: Sym) => SymLike): Schedule =>
  (step) =>
    f(cast(step, 'float32'));

/** A constant rate. */
export const constant = (rate: number): Schedule => schedule(() => rate);

export interface DecayOptions {
  readonly initial: number;
  readonly decaySteps: number;
  readonly decayRate: number;
  /** Change only at every decaySteps-th step. Default false. */
  readonly staircase?: boolean;
}

/** step / decaySteps, or its floor. */
const periods = (step: Sym, { decaySteps, staircase = false }: DecayOptions): Sym => {
  const exact = div(step, positive('decaySteps', decaySteps));
  return staircase ? floor(exact) : exact;
};

/** initial decayRate^(step / decaySteps) */
export const exponentialDecay = (options: DecayOptions): Schedule =>
  schedule((step) => mul(options.initial, pow(options.decayRate, periods(step, options))));

/** initial / (1 + decayRate step / decaySteps) */
export const inverseTimeDecay = (options: DecayOptions): Schedule =>
  schedule((step) => div(options.initial, add(1, mul(options.decayRate, periods(step, options)))));

/** initial factor^floor(step / every) */
export const stepDecay = ({
  initial,
  factor,
  every,
}: {
  readonly initial: number;
  readonly factor: number;
  readonly every: number;
}): Schedule => exponentialDecay({ initial, decayRate: factor, decaySteps: every, staircase: true });

interface Descent {
  readonly initial: number;
  readonly decaySteps: number;
}

/**
 * Half a cosine from initial to alpha initial, constant afterwards:
 * initial ((1 - alpha) (1 + cos(pi min(step / decaySteps, 1))) / 2 + alpha)
 * I. Loshchilov, F. Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017, eq. (5), without restarts.
 * @param options.alpha default 0
 */
export const cosineDecay = ({ initial, decaySteps, alpha = 0 }: Descent & { readonly alpha?: number }): Schedule =>
  schedule((step) => {
    const done = minimum(div(step, positive('decaySteps', decaySteps)), 1);
    return add(mul(initial * (1 - alpha) * 0.5, add(1, cos(mul(done, Math.PI)))), initial * alpha);
  });

/** Linear from initial to final, constant afterwards: initial + (final - initial) min(step / decaySteps, 1). */
export const linearDecay = ({ initial, decaySteps, final = 0 }: Descent & { readonly final?: number }): Schedule =>
  schedule((step) => add(initial, mul(final - initial, minimum(div(step, positive('decaySteps', decaySteps)), 1))));

/**
 * values[i] for boundaries[i - 1] < step <= boundaries[i]. There is one value more than boundaries.
 * @throws AttributeError for lengths that do not fit, or boundaries that do not ascend
 */
export function piecewiseConstant({
  boundaries,
  values,
}: {
  readonly boundaries: readonly number[];
  readonly values: readonly number[];
}): Schedule {
  if (values.length !== boundaries.length + 1)
    throw new AttributeError(
      `piecewiseConstant: ${boundaries.length} boundaries need ${boundaries.length + 1} values, not ${values.length}`,
    );
  if (boundaries.some((b, i) => i > 0 && b <= boundaries[i - 1]!))
    throw new AttributeError(`piecewiseConstant: boundaries ascend, not [${boundaries.join(', ')}]`);
  return schedule((step) =>
    boundaries.reduceRight<SymLike>(
      (later, boundary, i) => select(lessEqual(step, boundary), values[i]!, later),
      values.at(-1)!,
    ),
  );
}

export interface WarmupOptions {
  /** The number of warm-up steps. */
  readonly steps: number;
  /** The rate of the first step. Default 0. */
  readonly from?: number;
}

/**
 * A linear warm-up, from + (r - from) step / steps, followed by `then`, whose steps count from the end of the warm-up. r is the first rate
 * of `then`.
 * @param then a schedule, or a constant rate
 */
export function warmup(then: Schedule | number, { steps, from = 0 }: WarmupOptions): Schedule {
  const follow = typeof then === 'number' ? constant(then) : then;
  positive('steps', steps);
  return schedule((step) => {
    const peak = follow(lift(0));
    const rising = add(from, mul(sub(peak, from), div(step, steps)));
    return select(less(step, steps), rising, lift(follow(sub(step, steps))));
  });
}

function positive(name: string, value: number): number {
  if (!(value > 0)) throw new AttributeError(`${name} is a positive number, not ${value}`);
  return value;
}
