/** Every op's rows, on the backend under test and on cpu, which is held to a judge in double precision elsewhere. */
import { expect } from 'chai';
import type { Backend } from '../../engine/index.ts';
import { sweep } from '../support/swept-rows.ts';
import { EFFORT, NAME, SEED, startBackends } from './parameters.ts';
import { differences, run, subjectOf } from './row.ts';
import { watched } from './watched.ts';

describe('ops', () => {
  let backend: Backend;
  let cpu: Backend;
  before(async () => {
    ({ backend, cpu } = await startBackends());
  });

  for (const { entry, rows, order, title } of sweep(EFFORT, SEED, NAME)) {
    it(title, async () => {
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
