/** Every result of the notes, by the backend under test, against the closed forms. */
import { expect } from 'chai';
import { example as cse473 } from '../../examples/cse473/index.ts';
import { example as deeplizard } from '../../examples/deeplizard/index.ts';
import { example as introductoryMl } from '../../examples/introductory-ml/index.ts';
import { example as rhodes } from '../../examples/rhodes/index.ts';
import { table } from '../../examples/table.ts';
import { FULL, startBackends } from './parameters.ts';

const SMALL = [deeplizard, rhodes];
const LARGE = [cse473, introductoryMl];

describe('the notes', () => {
  for (const { name, results } of FULL ? [...SMALL, ...LARGE] : SMALL) {
    it(`${name}: every row agrees with its closed form`, async function () {
      this.timeout(300_000);
      const { backend } = await startBackends();
      const all = await results!({ backend, seed: 1 });
      expect(all).to.not.be.empty;
      const failed = all.filter(({ ok }) => !ok);
      expect(failed.length, `\n${table(failed)}\n`).to.equal(0);
    });
  }

  it.skip('auddy: its table shows where log(0) is -Infinity, which it is not in software (SwiftShader)');
});
