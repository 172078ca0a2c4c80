/** Tries cases of one kind, in batches: `node child.ts KIND SEED SECONDS CASES`. */
import { setPriority } from 'node:os';
import { KINDS } from './kinds.ts';
import { BATCH, tryBatch } from './try.ts';
import type { Told } from './turn.ts';

/** Others of the machine go first. */
const PRIORITY = 10;

const [name, ...numbers] = process.argv.slice(2);
const [seed, seconds, cases] = numbers.map(Number) as [number, number, number];
const tell = (told: Told): boolean => process.send!(told);

const end = performance.now() + seconds * 1000;
setPriority(PRIORITY);
const opened = await (await KINDS[name!]!()).open();
for (let tried = 0; tried < cases && (tried === 0 || performance.now() < end); tried += BATCH) {
  const begun = seed + tried / BATCH;
  tell({ begun });
  const result = await tryBatch(opened, begun, Math.min(BATCH, cases - tried));
  tell({ ...result, ...(opened.counts && { counts: opened.counts }) });
}
await opened.close();
process.exit();
