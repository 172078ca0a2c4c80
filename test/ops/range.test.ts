/**
 * Elementwise ops over the whole range of float32: value, first and second derivative, each element by itself. What is not asked here is
 * said in docs/conventions.md. On GPUs: test/browser/range.suite.ts.
 */
import { expect } from 'chai';
import { hashSeed } from '../../engine/random.ts';
import { sampled } from '../../ops/samples.ts';
import {
  checkRangeCase,
  describeRangeCase,
  describeRangeRow,
  rangeCases,
} from '../../plugins/gradcheck/range-cases.ts';
import { EFFORT } from '../support/effort.ts';
import { HERE } from '../support/here.ts';
import { SEED } from '../support/seed.ts';

/** Of so many ops, one is drawn; where there is time, all, and at the points of so many seeds. */
const DRAWN = EFFORT === 'quick' ? 3 : 1;
const SEEDS = EFFORT === 'deep' ? 8 : 1;

describe('over the whole range of float32', () => {
  before(() => Promise.all(HERE.map((b) => b.start())));

  for (const tried of rangeCases(sampled).filter(({ op }) => hashSeed(SEED, op.name) % DRAWN === 0)) {
    it(describeRangeCase(tried.op.name, tried.attrs), async () => {
      const found: string[] = [];
      for (let seed = SEED; seed < SEED + SEEDS; seed++)
        for (const backend of HERE) found.push(...describeRangeRow(await checkRangeCase(tried, backend, seed)));
      expect(found, found.join('\n')).to.have.length(0);
    });
  }
});
