/** What reduces, chooses or moves values, over the whole range of float32, on the backend under test and on cpu. */
import { expect } from 'chai';
import type { Backend } from '../../engine/index.ts';
import { extremeFaults, isChecked } from '../support/extremes.ts';
import { sweep } from '../support/swept-rows.ts';
import { EFFORT, NAME, SEED, startBackends } from './parameters.ts';
import { run } from './row.ts';
import { watched } from './watched.ts';

describe('over the whole range of float32', () => {
  let backend: Backend;
  let cpu: Backend;
  before(async () => {
    ({ backend, cpu } = await startBackends());
  });

  // one op in eight, where time is short
  const swept = sweep(EFFORT, SEED, `${NAME}, extremes`).filter((own) => isChecked(own.entry));
  for (const { entry, rows } of swept.filter((_, i) => EFFORT !== 'quick' || i % 8 === 0))
    it(`${entry.path}: rows ${rows.join(', ')}`, async () => {
      const faults: string[] = [];
      for (const row of rows)
        faults.push(
          ...(await extremeFaults(
            entry,
            row,
            (subject) => run(subject, 1, cpu),
            (subject) => watched(() => run(subject, 1, backend)),
          )),
        );
      expect(faults, faults.join('\n')).to.deep.equal([]);
    });
});
