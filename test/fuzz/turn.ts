/** Cases of one kind, tried in a process of their own, which they may end. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Tried } from './try.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** What a case may make the process hold, in megabytes. */
const HEAP = 2000;

export interface Turn {
  readonly kind: string;
  /** Of the first batch; those that follow count up. */
  readonly seed: number;
  /** How long to go on, and how many cases to try at most. */
  readonly seconds: number;
  readonly cases: number;
}

export interface Outcome {
  readonly cases: number;
  /** What is wrong, each with a case that has shrunk. */
  readonly wrong: readonly string[];
  /** The seed of the next batch. */
  readonly next: number;
  /** What has been done besides. */
  readonly counts: Readonly<Record<string, number>>;
}

/** What a process tells: of each batch the seed, and then what has come of it. */
export type Told = { readonly begun: number } | (Tried & { readonly counts?: Outcome['counts'] });

/** A process that ends before it has told of its batch died of it. */
export function tryCases({ kind, seed, seconds, cases }: Turn): Promise<Outcome> {
  let [tried, begun, next, counts] = [0, seed, seed, {} as Outcome['counts']];
  const wrong: string[] = [];
  return new Promise((resolve) => {
    const child = fork(
      fileURLToPath(new URL('child.ts', import.meta.url)),
      [kind, `${seed}`, `${seconds}`, `${cases}`],
      {
        cwd: ROOT,
        execArgv: ['--import=./scripts/source.mjs', `--max-old-space-size=${HEAP}`],
      },
    );
    child.on('message', (told: Told) => {
      if ('begun' in told) {
        begun = told.begun;
        return;
      }
      tried += told.cases;
      next = begun + 1;
      counts = told.counts ?? {};
      if (told.wrong !== undefined) wrong.push(told.wrong);
    });
    child.once('exit', (code, signal) => {
      if (code !== 0) {
        wrong.push(`the process ended by ${signal ?? code} in the batch of seed ${begun}`);
        next = begun + 1;
      }
      resolve({ cases: tried, wrong, next, counts });
    });
  });
}
