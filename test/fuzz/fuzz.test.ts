/** Some random cases of every kind; more by `npm run fuzz`. */
import { expect } from 'chai';
import { EFFORT } from '../support/effort.ts';
import { SEED } from '../support/seed.ts';
import { KINDS } from './kinds.ts';
import { tryCases } from './turn.ts';

/** How many cases of each kind. */
const CASES: Readonly<Record<string, number>> = {
  quick: { graphs: 20, documents: 500, files: 500, ports: 150, actions: 25 },
  full: { graphs: 500, documents: 5_000, files: 5_000, ports: 1_000, actions: 400 },
  deep: { graphs: 10_000, documents: 30_000, files: 30_000, ports: 20_000, actions: 10_000 },
}[EFFORT];

describe('random cases', function () {
  this.timeout({ quick: 180_000, full: 900_000, deep: 6 * 3_600_000 }[EFFORT]);

  for (const kind of Object.keys(KINDS))
    it(`of ${kind}`, async () => {
      // seeds that the seeds beside it do not come to
      const { cases, wrong } = await tryCases({ kind, seed: SEED * 10_000, seconds: Infinity, cases: CASES[kind]! });
      if (wrong.length > 0) throw new Error(wrong.join('\n\n'));
      expect(cases).to.be.at.least(1);
    });
});
