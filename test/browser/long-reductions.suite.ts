/** Sums of many positive terms, on the backend under test. */
import { describeLongReductions, longReductions } from '../support/long-reductions.ts';
import { EFFORT, startBackends } from './parameters.ts';

const isQuick = EFFORT === 'quick';
const TERMS = isQuick ? [5003] : [5003, 2 ** 16 + 37];

for (const n of TERMS)
  describe(`reductions of ${n} terms`, () => {
    describeLongReductions(longReductions(n), !isQuick, async () => (await startBackends()).backend);
  });
