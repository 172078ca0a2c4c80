/** Which rows of which ops are run on a backend that takes its time. */
import { type CatalogueEntry, catalogue } from '../../ops/catalogue.ts';
import type { Order } from '../browser/row.ts';

export interface Sweep {
  readonly entry: CatalogueEntry;
  readonly rows: readonly number[];
  readonly order: Order;
  readonly title: string;
}

/** All of them; without much time one of each op, and the second order of one op of a family. */
export function sweep(full: boolean): readonly Sweep[] {
  const families = new Set<string>();
  return catalogue.map((entry) => {
    const family = entry.path.split('/')[0]!;
    const order: Order = full || !families.has(family) ? 2 : 1;
    families.add(family);
    const rows = full ? [...entry.samples.keys()] : [0];
    return {
      entry,
      rows,
      order,
      title: `${entry.path}: rows ${rows.join(', ')}${order === 2 ? ', second order too' : ''}`,
    };
  });
}
