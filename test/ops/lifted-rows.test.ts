/** Rows of more dimensions than their own, held to double precision. */
import { expect } from 'chai';
import { loadJudge, toDouble } from '../../plugins/gradcheck/judge.ts';
import { mapNames, type Subject } from '../../plugins/gradcheck/subject.ts';
import { run } from '../browser/row.ts';
import { EFFORT } from '../support/effort.ts';
import { HERE } from '../support/here.ts';
import { liftedFaults } from '../support/lifted-rows.ts';
import { SEED } from '../support/seed.ts';
import { sweep } from '../support/swept-rows.ts';

describe('rows of more dimensions', () => {
  before(() => Promise.all(HERE.map((b) => b.start())));

  const inDouble = async (subject: Subject) => {
    const feeds = mapNames(subject.feeds, (v) => (v.dtype === 'float32' ? { ...v, data: toDouble(v.data) } : v));
    return run({ ...subject, feeds }, 1, (await loadJudge()).backend);
  };

  // one op in eight, where time is short
  const swept = sweep(EFFORT, SEED, 'lifted');
  for (const { entry, rows } of swept.filter((_, i) => EFFORT !== 'quick' || i % 8 === 0))
    it(`${entry.path}: rows ${rows.join(', ')}`, async () => {
      const faults: string[] = [];
      for (const backend of HERE)
        for (const row of rows)
          faults.push(
            ...(await liftedFaults(entry, row, inDouble, backend)).map((fault) => `${backend.name}: ${fault}`),
          );
      expect(faults, faults.join('\n')).to.deep.equal([]);
    });
});
