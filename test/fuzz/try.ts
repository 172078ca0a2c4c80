/** Tries the cases of a kind: batches of them, each of a seed of its own, which draws the same again. */
import fc from 'fast-check';
import type { Opened } from './kind.ts';

/** Cases of a batch. */
export const BATCH = 100;

/** How long a batch may take, and to find a smaller case that is wrong: then that will do which has been found. */
const MILLISECONDS = 120_000;

export interface Tried {
  readonly cases: number;
  /** What is wrong with the smallest case that was found, and how to find it again. */
  readonly wrong?: string;
}

export async function tryBatch({ property }: Opened, seed: number, cases = BATCH): Promise<Tried> {
  const result = await fc.check(property, { seed, numRuns: cases, interruptAfterTimeLimit: MILLISECONDS });
  if (!result.failed) return { cases: result.numRuns };
  const { errorInstance, counterexamplePath, counterexample } = result;
  const error = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  // a fault of the library's own has its place in the stack
  const stack = errorInstance instanceof Error ? (errorInstance.stack ?? '').split('\n    at ').slice(1, 6) : [];
  return {
    cases: result.numRuns,
    wrong: [
      error,
      ...stack.map((line) => `  at ${line}`),
      `case ${fc.stringify(counterexample)}`,
      `seed ${seed}, path ${counterexamplePath}`,
    ].join('\n'),
  };
}
