/** Bounds of dims' values. */
import { floorQuotient } from './integers.ts';
import { commonDivisor, constantTerm, type Dim, type DimExpr, type OpName, type Range } from './polynomial.ts';

const ANYTHING: Range = [-Infinity, Infinity];

/** Bounds of a call's result, from those of its arguments. */
export const rangeOfCall: Readonly<Record<OpName, (a: Range, b: Range) => Range>> = {
  floorDiv: quotientRange,
  mod: remainderRange,
  min: (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1])],
  max: (a, b) => [Math.max(a[0], b[0]), Math.max(a[1], b[1])],
};

export function rangeOf(d: Dim): Range {
  if (typeof d === 'number') return [d, d];
  let low = 0;
  let high = 0;
  for (const { coefficient, factors } of d.terms) {
    let range: Range = [coefficient, coefficient];
    for (const { range: other } of factors) range = timesRange(range, other);
    low += range[0];
    high += range[1];
  }
  return widened(low, high);
}

function timesRange([a, b]: Range, [c, d]: Range): Range {
  const [ac, ad, bc, bd] = [bound(a, c), bound(a, d), bound(b, c), bound(b, d)];
  return widened(Math.min(ac, ad, bc, bd), Math.max(ac, ad, bc, bd));
}

/** A product in which 0 times infinity is 0. */
const bound = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);

/** Drops bounds that may have been rounded. */
const widened = (low: number, high: number): Range => [
  Number.isSafeInteger(low) ? low : -Infinity,
  Number.isSafeInteger(high) ? high : Infinity,
];

/** The divisor is assumed to be non-zero. */
export function quotientRange([low, high]: Range, [least, greatest]: Range): Range {
  const divide = (n: number): number => (Number.isFinite(n) ? floorQuotient(n, least) : n);
  if (least === greatest && least > 0) return [divide(low), divide(high)];
  return low >= 0 && least >= 0 ? [0, high] : ANYTHING;
}

function remainderRange([low, high]: Range, [least, greatest]: Range): Range {
  if (least < 0) return ANYTHING;
  return [0, Math.min(greatest - 1, low >= 0 ? high : Infinity)];
}

/** Whether bounds or divisibility exclude 0, as for `$b + 3` and `$b * 4 - 6`. */
export function isNeverZero(d: DimExpr): boolean {
  const [low, high] = rangeOf(d);
  return low > 0 || high < 0 || constantTerm(d) % commonDivisor(d, 0) !== 0;
}
