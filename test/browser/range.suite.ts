/** Elementwise ops over the whole range of float32, on the backend under test: as test/ops/range.test.ts, to twice as much. */
import { expect } from 'chai';
import type { Backend } from '../../engine/index.ts';
import { hashSeed } from '../../engine/random.ts';
import { sampled } from '../../ops/samples.ts';
import {
  checkRangeCase,
  describeRangeCase,
  describeRangeRow,
  rangeCases,
} from '../../plugins/gradcheck/range-cases.ts';
import { EFFORT, NAME, SEED, startBackends } from './parameters.ts';

/** Of so many ops, one is drawn; where there is time, all, and at the points of so many seeds. */
const DRAWN = EFFORT === 'quick' ? 6 : EFFORT === 'full' ? 2 : 1;
const SEEDS = EFFORT === 'deep' ? 8 : 1;

describe('over the whole range of float32', () => {
  let backend: Backend;
  before(async () => {
    ({ backend } = await startBackends());
  });

  for (const tried of rangeCases(sampled).filter(({ op }) => hashSeed(SEED, `${op.name} on ${NAME}`) % DRAWN === 0))
    it(describeRangeCase(tried.op.name, tried.attrs), async () => {
      const found: string[] = [];
      for (let seed = SEED; seed < SEED + SEEDS; seed++)
        found.push(...describeRangeRow(await checkRangeCase(tried, backend, seed)));
      expect(found, found.join('\n')).to.have.length(0);
    });
});
