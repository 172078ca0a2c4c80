/** What tests of the engine share: comparing numbers, finite differences, and the line that is being run. */
import { expect } from 'chai';

/** Element by element, relative to the expected size or to 1; equal infinities and NaNs are close. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5): void {
  expect(actual.length, 'elements').to.equal(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const [a, e] = [actual[i]!, expected[i]!];
    const within = Number.isFinite(e) && Math.abs(a - e) <= tolerance * Math.max(1, Math.abs(e));
    const close = within || Object.is(a, e);
    if (!close) expect.fail(`element ${i} is ${a}, not ${e}, of [${[...Array.from(actual)].join(', ')}]`);
  }
}

/** `file.test.ts:12`: the line of the call. */
export function lineHere(): string {
  const [, , caller] = new Error().stack!.split('\n');
  return /([^/\\]+\.ts:\d+):\d+/.exec(caller!)![1]!;
}

/** What a function throws. */
export function caught(f: () => unknown): Error {
  try {
    f();
  } catch (e) {
    return e as Error;
  }
  throw new Error('nothing was thrown');
}

/** Df(x) v by central differences, for a function of a flat array. */
export function slopeAlong(
  f: (x: readonly number[]) => ArrayLike<number>,
  x: readonly number[],
  v: readonly number[],
  h: number,
): number[] {
  const at = (by: number): ArrayLike<number> => f(x.map((value, i) => value + by * v[i]!));
  const [up, down] = [at(h), at(-h)];
  return Array.from(up, (u, i) => (u - down[i]!) / (2 * h));
}
