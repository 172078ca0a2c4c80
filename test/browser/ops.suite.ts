/** Every op's rows, on the backend under test and on cpu, which is held to a judge in double precision elsewhere. */
import { expect } from 'chai';
import type { Backend } from '../../engine/index.ts';
import { catalogue } from '../../ops/catalogue.ts';
import { FULL, startBackends } from './parameters.ts';
import { differences, type Order, run, subjectOf } from './row.ts';

describe('ops', () => {
  let backend: Backend;
  let cpu: Backend;
  before(async () => {
    ({ backend, cpu } = await startBackends());
  });

  const families = new Set<string>();
  for (const entry of catalogue) {
    const [family] = entry.path.split('/');
    const order: Order = FULL || !families.has(family!) ? 2 : 1;
    families.add(family!);
    const rows = FULL ? entry.samples.map((_, row) => row) : [0];
    it(`${entry.path}: ${rows.length === 1 ? 'a row' : `${rows.length} rows`}${order === 2 ? ', second order' : ''}`, async () => {
      const faults: string[] = [];
      for (const row of rows) {
        const sample = entry.samples[row]!;
        const subject = subjectOf(entry, sample, row);
        const expected = await run(subject, order, cpu);
        const buffers = backend.memory().buffers;
        const found = differences(await run(subject, order, backend), expected, sample);
        faults.push(...found.map((fault) => `row ${row} (${sample.note ?? ''}): ${fault}`));
        expect(backend.memory().buffers, `buffers after row ${row}`).to.equal(buffers);
      }
      expect(faults).to.deep.equal([]);
    });
  }
});
