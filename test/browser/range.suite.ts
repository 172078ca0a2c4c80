/** Elementwise ops over the whole range of float32, on the backend under test: as test/ops/range.test.ts, to twice as much. */
import { expect } from 'chai';
import type { Backend } from '../../engine/index.ts';
import { hashSeed } from '../../engine/random.ts';
import { rangeCases, rangeFaults } from '../support/range.ts';
import { EFFORT, NAME, SEED, startBackends } from './parameters.ts';

/** One op in six, where time is short. */
const isDrawn = (name: string): boolean => EFFORT !== 'quick' || hashSeed(SEED, `${name} on ${NAME}`) % 6 === 0;

describe('over the whole range of float32', () => {
  let backend: Backend;
  before(async () => {
    ({ backend } = await startBackends());
  });

  for (const tried of rangeCases.filter(({ op }) => isDrawn(op.name)))
    it(tried.title, async () => {
      const found = await rangeFaults(tried, backend, SEED);
      expect(found, found.join('\n')).to.have.length(0);
    });
});
