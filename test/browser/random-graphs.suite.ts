/** Random graphs over a dozen ops, and their gradients, on the backend under test and on cpu. */
import fc from 'fast-check';
import type { Backend } from '../../engine/index.ts';
import { BATCH, buildRandom, feedsOf, instructions, outputsOf } from '../support/random-graphs.ts';
import { expectClose } from '../support/values.ts';
import { EFFORT, startBackends } from './parameters.ts';
import { runOn } from './row.ts';

/** Errors grow from op to op. */
const TOLERANCE = 1e-3;

describe('random graphs', () => {
  let backend: Backend;
  let cpu: Backend;
  before(async () => {
    ({ backend, cpu } = await startBackends());
  });

  it('give what they give on cpu, and so do their gradients', async function () {
    this.timeout(600_000);
    const agrees = fc.asyncProperty(instructions(16), fc.constantFrom(1, BATCH), async (list, batch) => {
      const { last, grads } = outputsOf(buildRandom(list));
      const outputs = { ...last, ...grads };
      const expected = await runOn(cpu, outputs, feedsOf(batch));
      const actual = await runOn(backend, outputs, feedsOf(batch));
      for (const name of Object.keys(outputs)) expectClose(actual[name]!, expected[name]!, TOLERANCE);
    });
    await fc.assert(agrees, { numRuns: { quick: 10, full: 40, deep: 100 }[EFFORT] });
  });
});
