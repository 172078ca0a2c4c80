/** Every result of the notes, by the backend under test, against the closed forms. */
import { expect } from 'chai';
import { example as auddy } from '../../examples/auddy/index.ts';
import { example as cse473 } from '../../examples/cse473/index.ts';
import { example as deeplizard } from '../../examples/deeplizard/index.ts';
import { example as introductoryMl } from '../../examples/introductory-ml/index.ts';
import { example as rhodes } from '../../examples/rhodes/index.ts';
import { table } from '../../examples/table.ts';
import { EFFORT, NAME, startBackends } from './parameters.ts';

const SMALL = [auddy, deeplizard, rhodes];
const LARGE = [cse473, introductoryMl];
/** Left out, by backend, and why. */
const LEFT_OUT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  webgpu: { 'introductory-ml': 'hundreds of steps, each of them read, take minutes in software' },
};

describe('the notes', () => {
  const leftOut = LEFT_OUT[NAME] ?? {};
  for (const { name, results } of EFFORT === 'quick' ? SMALL : [...SMALL, ...LARGE]) {
    if (name in leftOut) continue;
    it(`${name}: every row agrees with its closed form`, async function () {
      this.timeout(300_000);
      const { backend } = await startBackends();
      const all = await results!({ backend, seed: 1 });
      expect(all).to.not.be.empty;
      const failed = all.filter(({ ok }) => !ok);
      expect(failed.length, `\n${table(failed)}\n`).to.equal(0);
    });
  }

  for (const [name, reason] of Object.entries(leftOut)) it.skip(`${name}: ${reason}`);
});
