/** Rows of more dimensions than their own, on the backend under test and on cpu. */
import { expect } from 'chai';
import type { Backend } from '../../engine/index.ts';
import { liftedFaults } from '../support/lifted-rows.ts';
import { sweep } from '../support/swept-rows.ts';
import { EFFORT, NAME, SEED, startBackends } from './parameters.ts';
import { run } from './row.ts';

describe('rows of more dimensions', () => {
  let backend: Backend;
  let cpu: Backend;
  before(async () => {
    ({ backend, cpu } = await startBackends());
  });

  // one op in eight, where time is short
  const swept = sweep(EFFORT, SEED, `${NAME}, lifted`);
  for (const { entry, rows } of swept.filter((_, i) => EFFORT !== 'quick' || i % 8 === 0))
    it(`${entry.path}: rows ${rows.join(', ')}`, async () => {
      const faults: string[] = [];
      for (const row of rows)
        faults.push(...(await liftedFaults(entry, row, (subject) => run(subject, 1, cpu), backend)));
      expect(faults, faults.join('\n')).to.deep.equal([]);
    });
});
