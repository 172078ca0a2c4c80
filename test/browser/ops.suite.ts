/** Every op's rows, on the backend under test and on cpu, which is held to a judge in double precision elsewhere. */
import { expect } from 'chai';
import type { Backend } from '../../engine/index.ts';
import { catalogue } from '../../ops/catalogue.ts';
import { FULL, startBackends } from './parameters.ts';
import { differences, type Order, run, subjectOf } from './row.ts';
import { watched } from './watched.ts';

describe('ops', () => {
  let backend: Backend;
  let cpu: Backend;
  before(async () => {
    ({ backend, cpu } = await startBackends());
  });

  const families = new Set<string>();
  for (const entry of catalogue) {
    const family = entry.path.split('/')[0]!;
    // without much time, the second order of one op of a family
    const order: Order = FULL || !families.has(family) ? 2 : 1;
    families.add(family);
    const rows = FULL ? [...entry.samples.keys()] : [0];
    it(`${entry.path}: rows ${rows.join(', ')}${order === 2 ? ', second order too' : ''}`, async () => {
      const faults: string[] = [];
      for (const row of rows) {
        const sample = entry.samples[row]!;
        if (sample.wideIntegers && backend.target.integersAsFloats) continue;
        const subject = subjectOf(entry, sample, row);
        const expected = await run(subject, order, cpu);
        const buffers = backend.memory().buffers;
        const actual = await watched(() => run(subject, order, backend));
        const found = differences(actual, expected, sample);
        faults.push(...found.map((fault) => `row ${row} (${sample.note ?? ''}): ${fault}`));
        expect(backend.memory().buffers, `buffers after row ${row}`).to.equal(buffers);
      }
      expect(faults).to.deep.equal([]);
    });
  }
});
