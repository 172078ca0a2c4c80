/** Those who make train steps, as the benchmark sees them. */
import type { Case, Values } from './cases.ts';

/** Makes train steps of its own, in this process or in another. */
export interface Side {
  /** Versions, and threads. */
  readonly about: string;
  /** Takes up a problem; the one before it must have ended. */
  readonly prepare: (problem: Problem) => Promise<Prepared>;
  readonly stop: () => void;
}

/** A case, with the values that all sides start from, by name: `x`, `y`, and the model's variables. */
export interface Problem {
  readonly config: Case;
  readonly arrays: Readonly<Record<string, Values>>;
}

export interface Prepared {
  /** Goes on from where the last steps ended. */
  readonly run: (count: number) => Promise<Steps>;
  readonly end: () => void;
}

/** Of some steps, one by one. */
export interface Steps {
  /** Milliseconds, until the loss is read. */
  readonly ms: readonly number[];
  readonly losses: readonly number[];
}

/** Times a step that gives its loss. */
export function timeSteps(step: () => number, count: number): Steps {
  const [ms, losses]: [number[], number[]] = [[], []];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    losses.push(step());
    ms.push(performance.now() - start);
  }
  return { ms, losses };
}

export const countThreads = (count: number): string => `${count} ${count === 1 ? 'thread' : 'threads'}`;
