/** Which rows of which ops are run on a backend that takes its time. */
import { hashSeed } from '../../engine/random.ts';
import { type SampledEntry, sampled } from '../../ops/samples.ts';
import type { Order } from '../browser/row.ts';
import type { Effort } from './effort.ts';

export interface Sweep {
  readonly entry: SampledEntry;
  readonly rows: readonly number[];
  readonly order: Order;
  readonly title: string;
}

/** Of the rows of an op but the first, one in so many is drawn; of the ops, where time is short. */
const DRAWN = { rows: 3, ops: 2 };

/**
 * All of them, to second order; or the first of each op, and others that the seed draws; or, where time is short, the first alone of ops
 * that the seed draws, and the second order of one op of a family.
 * @param backend by its name: others draw others
 */
export function sweep(effort: Effort, seed: number, backend: string): readonly Sweep[] {
  const families = new Set<string>();
  const salt = hashSeed(seed, backend);
  const entries = effort === 'quick' ? sampled.filter(({ path }) => hashSeed(salt, path) % DRAWN.ops === 0) : sampled;
  return entries.map((entry) => {
    const family = entry.path.split('/')[0]!;
    const order: Order = effort !== 'quick' || !families.has(family) ? 2 : 1;
    families.add(family);
    const rows = [...entry.samples.keys()].filter((row) => row === 0 || isDrawn(effort, salt, `${entry.path}/${row}`));
    return {
      entry,
      rows,
      order,
      title: `${entry.path}: rows ${rows.join(', ')}${order === 2 ? ', second order too' : ''}`,
    };
  });
}

const isDrawn = (effort: Effort, seed: number, row: string): boolean =>
  effort === 'deep' || (effort === 'full' && hashSeed(seed, row) % DRAWN.rows === 0);
