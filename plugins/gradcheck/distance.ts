/** Distances between values. */

/** Below this size, errors are absolute. */
const SMALLEST_SCALE = 0.1;

/** The size that errors are relative to: that of the largest finite element. */
export function scaleOf(expected: readonly ArrayLike<number>[]): number {
  let scale = SMALLEST_SCALE;
  for (const e of expected)
    for (let i = 0; i < e.length; i++) if (Number.isFinite(e[i])) scale = Math.max(scale, Math.abs(e[i]!));
  return scale;
}

export interface Farthest {
  readonly error: number;
  readonly element?: number;
  readonly actual?: number;
  readonly expected?: number;
}

/** The element with the largest error. Equal infinities, and two NaNs, have the error 0; other ones, and different lengths, Infinity. */
export function farthest(actual: ArrayLike<number>, expected: ArrayLike<number>, scale: number): Farthest {
  if (actual.length !== expected.length) return { error: Number.POSITIVE_INFINITY };
  let worst: Farthest = { error: 0 };
  for (let i = 0; i < expected.length; i++) {
    const [a, e] = [actual[i]!, expected[i]!];
    if (Object.is(a + 0, e + 0)) continue;
    const difference = Math.abs(a - e) / scale;
    const error = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
    if (error > worst.error || worst.element === undefined) worst = { error, element: i, actual: a, expected: e };
  }
  return worst;
}

/** The largest error among several values, relative to the largest element of all. */
export function distance(actual: readonly ArrayLike<number>[], expected: readonly ArrayLike<number>[]): number {
  const scale = scaleOf(expected);
  return Math.max(0, ...expected.map((e, k) => farthest(actual[k] ?? [], e, scale).error));
}
