/** Which rows of which ops are run on a backend that takes its time. */
import { hashSeed } from '../../engine/random.ts';
import { type CatalogueEntry, catalogue } from '../../ops/catalogue.ts';
import type { Order } from '../browser/row.ts';
import type { Effort } from './effort.ts';

export interface Sweep {
  readonly entry: CatalogueEntry;
  readonly rows: readonly number[];
  readonly order: Order;
  readonly title: string;
}

/** Of the rows of an op but the first, one in so many is drawn. */
const DRAWN = 3;

/**
 * All of them, to second order; or the first of each op, and others that the seed draws; or, where time is short, the first alone, and
 * the second order of one op of a family.
 */
export function sweep(effort: Effort, seed: number): readonly Sweep[] {
  const families = new Set<string>();
  return catalogue.map((entry) => {
    const family = entry.path.split('/')[0]!;
    const order: Order = effort !== 'quick' || !families.has(family) ? 2 : 1;
    families.add(family);
    const rows = [...entry.samples.keys()].filter((row) => row === 0 || isDrawn(effort, seed, `${entry.path}/${row}`));
    return {
      entry,
      rows,
      order,
      title: `${entry.path}: rows ${rows.join(', ')}${order === 2 ? ', second order too' : ''}`,
    };
  });
}

const isDrawn = (effort: Effort, seed: number, row: string): boolean =>
  effort === 'deep' || (effort === 'full' && hashSeed(seed, row) % DRAWN === 0);
