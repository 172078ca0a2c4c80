/**
 * Tries cases of one kind, in a process of its own, which a fault may end: `node child.ts KIND SEED SECONDS`. Tells what it has done of
 * each batch, and which it begins.
 */
import { setPriority } from 'node:os';
import { KINDS } from './kinds.ts';
import { tryBatch } from './try.ts';

const [name, seed, seconds] = process.argv.slice(2);
const end = performance.now() + Number(seconds) * 1000;
setPriority(10);
const kind = await KINDS[name!]!();
const opened = await kind.open();
let next = Number(seed);
do {
  process.send!({ begun: next });
  const tried = await tryBatch(opened, next);
  process.send!({ ...tried, counts: opened.counts });
  next++;
} while (performance.now() < end);
await opened.close();
process.exit();
