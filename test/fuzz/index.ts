/**
 * `npm run fuzz -- --minutes N [--seed S] [--only graphs,files]`: random cases of every kind, in turns, for so long. A case that goes wrong
 * is shown when it has shrunk, and then others are tried; the process exits with 1.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { KINDS } from './kinds.ts';
import type { Tried } from './try.ts';

/** How long a process lasts: what one leaves in memory does not add up. */
const TURN_SECONDS = 60;

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' }, only: { type: 'string' } },
});
const names = values.only?.split(',') ?? Object.keys(KINDS);
const [minutes, seed] = [Number(values.minutes), Number(values.seed ?? Math.floor(Math.random() * 2 ** 30))];
const unknown = names.filter((name) => !Object.hasOwn(KINDS, name));
if (unknown.length > 0 || !(minutes > 0) || !Number.isInteger(seed)) {
  console.error(`--minutes is a number above 0, --seed an integer, --only some of ${Object.keys(KINDS).join(',')}`);
  process.exit(2);
}

interface Total {
  cases: number;
  wrong: number;
  next: number;
  readonly counts: Record<string, number>;
}
const totals = new Map(names.map((name): [string, Total] => [name, { cases: 0, wrong: 0, next: seed, counts: {} }]));

/** Cases of a kind for some seconds. A process that ends before it has told of its batch died of it. */
function turn(name: string, seconds: number): Promise<void> {
  const total = totals.get(name)!;
  const { next } = total;
  let [begun, counts] = [next, {} as Record<string, number>];
  let isDone = false;
  const fault = (text: string): void => {
    total.wrong++;
    console.log(`${name}: wrong\n${text}\n`);
  };
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(new URL('child.ts', import.meta.url)), [name, `${next}`, `${seconds}`], {
      execArgv: ['--import=./scripts/source.mjs'],
    });
    child.on('message', (message: { begun: number } | (Tried & { counts?: Record<string, number> })) => {
      if ('begun' in message) {
        begun = message.begun;
        isDone = false;
        return;
      }
      isDone = true;
      total.cases += message.cases;
      total.next = begun + 1;
      counts = message.counts ?? {};
      if (message.wrong !== undefined) fault(message.wrong);
    });
    child.once('exit', (code, signal) => {
      if (!isDone || code !== 0) {
        fault(`the process ended with ${signal ?? code} in the batch of seed ${begun}`);
        total.next = begun + 1;
      }
      for (const [what, count] of Object.entries(counts)) total.counts[what] = (total.counts[what] ?? 0) + count;
      resolve();
    });
  });
}

const number = (n: number): string => n.toLocaleString('en');
const tell = (): void => {
  for (const [name, { cases, wrong, next, counts }] of totals) {
    const more = Object.entries(counts).map(([what, count]) => `, ${what} ${number(count)}`);
    console.log(`${name} ${number(cases)} wrong ${wrong}${more.join('')} (seeds ${seed} to ${next - 1})`);
  }
};

const end = performance.now() + minutes * 60_000;
console.log(`seed ${seed}`);
while (performance.now() < end) {
  for (const name of names) {
    const left = (end - performance.now()) / 1000;
    if (left > 0) await turn(name, Math.min(TURN_SECONDS, Math.max(1, left), (minutes * 60) / names.length));
  }
  tell();
}
process.exit([...totals.values()].some(({ wrong }) => wrong > 0) ? 1 : 0);
