/** Checks of a device's limits, made before any kernel runs. */
import type { HostValue, Node, Plan, TypedArray, Value } from '../engine/index.ts';
import { LimitError, nodeOfStep, plansIn, sizeOf } from '../engine/index.ts';

export interface Limits {
  /** The most elements of one tensor. */
  readonly maxElements?: number;
  /** The most bytes that a program may have alive at once. */
  readonly maxBytes?: number;
  /** The reason for `maxElements` and `maxBytes`, for errors. */
  readonly cause?: string;
  /** Whether numbers have 16 bits. */
  readonly halfPrecision?: boolean;
}

/** The largest number of IEEE 754's binary16, and the largest up to which all integers are exact. */
const LARGEST_HALF = 65504;
const EXACT_HALF = 2048;

/** Why a tensor of that shape does not fit; undefined if it does. */
export function sizeFault(shape: readonly number[], { maxElements = Infinity, cause }: Limits): string | undefined {
  const size = sizeOf(shape);
  return size <= maxElements
    ? undefined
    : `it has ${size.toLocaleString('en')} elements, and the device holds ${maxElements.toLocaleString('en')} at most (${cause})`;
}

/** Why these values do not fit; undefined if they do. */
export function valueFault({ data, shape, dtype }: HostValue, limits: Limits): string | undefined {
  const tooLarge = sizeFault(shape, limits);
  if (tooLarge !== undefined || !limits.halfPrecision || dtype === 'bool') return tooLarge;
  const fits =
    dtype === 'int32'
      ? (v: number) => Math.abs(v) <= EXACT_HALF
      : (v: number) => !(Math.abs(v) > LARGEST_HALF) || !Number.isFinite(v);
  const at = (data as Float32Array).findIndex((v) => !fits(v));
  return at < 0 ? undefined : `element ${at} is ${data[at]}, and the device has numbers of 16 bits`;
}

/**
 * Checks all values of a plan, including those of bodies.
 * @throws LimitError naming the tensor and the line that made it
 */
export function requireWithin(plan: Plan, limits: Limits): void {
  if (limits.maxElements === undefined && !limits.halfPrecision) return;
  const check = (what: string, name: string, { shape }: Pick<Value, 'shape'>, node?: Node): void => {
    const fault = sizeFault(shape, limits);
    if (fault !== undefined) throw tooMuch(`${what}'${name}'`, fault, node);
  };
  for (const { name, shape } of plan.feeds) check('the feed ', name, { shape });
  for (const { name, shape } of plan.variables) check('the variable ', name, { shape });
  const plans = [...plansIn(plan)];
  for (const part of plans)
    for (const [i, { label, outputs }] of part.steps.entries())
      for (const value of outputs) check('', label, value, nodeOfStep(part, i));
  for (const { data, shape, dtype } of plans.flatMap(({ constants }) => constants)) {
    const values =
      typeof data === 'number' ? Float32Array.of(data) : 'start' in data ? ends(data, sizeOf(shape)) : data;
    const fault = sizeFault(shape, limits) ?? valueFault({ data: values, shape: [], dtype }, limits);
    if (fault !== undefined) throw tooMuch(`a constant of shape [${shape.join(', ')}]`, fault);
  }
  requirePeakWithin(plan, limits);
}

/** Checks the plan's peak memory. @throws LimitError naming the largest value that the program computes */
function requirePeakWithin(plan: Plan, { maxBytes = Infinity, cause }: Limits): void {
  if (plan.peakBytes <= maxBytes) return;
  const made = [...plansIn(plan)].flatMap((part) =>
    part.steps.flatMap(({ label, outputs }, i) =>
      outputs.map(({ shape }) => ({ label, shape, node: nodeOfStep(part, i), size: sizeOf(shape) })),
    ),
  );
  const [largest] = made.sort((a, b) => b.size - a.size);
  const which = largest && `; the largest that it makes is '${largest.label}' of shape [${largest.shape.join(', ')}]`;
  throw new LimitError(
    `the program does not fit on the device: it has ${plan.peakBytes.toLocaleString('en')} bytes at once, and the device holds ${maxBytes.toLocaleString('en')} at most (${cause})${which ?? ''}`,
    { node: largest?.label, site: largest?.node?.site },
  );
}

const ends = ({ start, step }: { readonly start: number; readonly step: number }, size: number): TypedArray =>
  Float32Array.of(start, start + (size - 1) * step);

export const tooMuch = (what: string, fault: string, node?: Node): LimitError =>
  new LimitError(`${what} does not fit on the device: ${fault}`, { node: node?.label, site: node?.site });
