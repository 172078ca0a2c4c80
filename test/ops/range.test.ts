/**
 * Elementwise ops over the whole range of float32: value, first and second derivative, each element by itself. What is not asked here is
 * said in docs/conventions.md. On GPUs: test/browser/range.suite.ts.
 */
import { expect } from 'chai';
import { hashSeed } from '../../engine/random.ts';
import { FULL } from '../support/effort.ts';
import { HERE } from '../support/here.ts';
import { rangeCases, rangeFaults } from '../support/range.ts';
import { SEED } from '../support/seed.ts';

/** One op in three, where time is short. */
const isDrawn = (name: string): boolean => FULL || hashSeed(SEED, name) % 3 === 0;

describe('over the whole range of float32', () => {
  before(() => Promise.all(HERE.map((b) => b.start())));

  for (const tried of rangeCases) {
    if (!isDrawn(tried.op.name)) continue;
    it(tried.title, async () => {
      const found: string[] = [];
      for (const backend of HERE) found.push(...(await rangeFaults(tried, backend, SEED)));
      expect(found, found.join('\n')).to.have.length(0);
    });
  }
});
