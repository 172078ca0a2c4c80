/**
 * `npm run fuzz -- --minutes N [--seed S] [--only graphs,files]`: random cases of every kind, in turns, for so long. A case that goes wrong
 * is shown when it has shrunk, and then others are tried; in the end the process exits with 1.
 */
import { parseArgs } from 'node:util';
import { KINDS } from './kinds.ts';
import { tryCases } from './turn.ts';

/** How long a process lasts: what one leaves in memory does not add up. */
const TURN_SECONDS = 300;

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' }, only: { type: 'string' } },
});
const kinds = values.only?.split(',') ?? Object.keys(KINDS);
const [minutes, seed] = [Number(values.minutes), Number(values.seed ?? Math.floor(Math.random() * 2 ** 30))];
if (!kinds.every((kind) => Object.hasOwn(KINDS, kind)) || !(minutes > 0) || !Number.isInteger(seed)) {
  console.error(`--minutes is a number above 0, --seed an integer, --only some of ${Object.keys(KINDS).join(',')}`);
  process.exit(2);
}

interface Total {
  cases: number;
  wrong: number;
  next: number;
  readonly counts: Record<string, number>;
}
const totals = new Map(kinds.map((kind): [string, Total] => [kind, { cases: 0, wrong: 0, next: seed, counts: {} }]));

async function turn(kind: string, seconds: number): Promise<void> {
  const total = totals.get(kind)!;
  const { cases, wrong, next, counts } = await tryCases({ kind, seed: total.next, seconds, cases: Infinity });
  for (const text of wrong) console.log(`${kind}: wrong\n${text}\n`);
  total.cases += cases;
  total.wrong += wrong.length;
  total.next = next;
  for (const [what, count] of Object.entries(counts)) total.counts[what] = (total.counts[what] ?? 0) + count;
}

const shown = (n: number): string => n.toLocaleString('en');
function tell(): void {
  for (const [kind, { cases, wrong, next, counts }] of totals) {
    const more = Object.entries(counts).map(([what, count]) => `, ${what} ${shown(count)}`);
    console.log(`${kind} ${shown(cases)} wrong ${wrong}${more.join('')} (seeds ${seed} to ${next - 1})`);
  }
}

const end = performance.now() + minutes * 60_000;
console.log(`seed ${seed}`);
while (performance.now() < end) {
  for (const kind of kinds) {
    const left = (end - performance.now()) / 1000;
    if (left > 0) await turn(kind, Math.min(TURN_SECONDS, left, (minutes * 60) / kinds.length));
  }
  tell();
}
process.exit([...totals.values()].some(({ wrong }) => wrong > 0) ? 1 : 0);
