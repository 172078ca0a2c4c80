/** The interface of the sides, which run train steps. */
import type { Case, Values } from './cases.ts';

/** Runs train steps with its own library, in this process or in another. */
export interface Side {
  /** Its versions and threads. */
  readonly about: string;
  /** Prepares a problem; the previous one must have ended. */
  readonly prepare: (problem: Problem) => Promise<Prepared>;
  readonly stop: () => void;
}

/** A case, with the initial values of all sides by name: `x`, `y`, and the model's variables. */
export interface Problem {
  readonly config: Case;
  readonly arrays: Readonly<Record<string, Values>>;
}

export interface Prepared {
  /** Continues after the steps of the previous call. */
  readonly run: (count: number) => Promise<Steps>;
  readonly end: () => void;
}

export interface Steps {
  /** Milliseconds of each step, until the loss is read. */
  readonly ms: readonly number[];
  readonly losses: readonly number[];
}

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
