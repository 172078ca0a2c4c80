/** How far values are apart. */

/** Below this size, errors are absolute. */
const SMALLEST_SCALE = 0.1;

/** What errors are relative to: the largest of the finite elements. */
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

/** The element that is farthest off. Equal infinities and NaNs differ by nothing; other ones, and other lengths, by infinity. */
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

/** The largest difference among several values, relative to the largest element of all. */
export function distance(actual: readonly ArrayLike<number>[], expected: readonly ArrayLike<number>[]): number {
  const scale = scaleOf(expected);
  return Math.max(0, ...expected.map((e, k) => farthest(actual[k] ?? [], e, scale).error));
}
