/** Every result of the five documents, by the engine on two backends, against the closed forms. */
import { expect } from 'chai';
import { examples } from '../../examples/index.ts';
import { table } from '../../examples/table.ts';

/** How many rows each table has, and how many of them show a slip. */
const COUNTS = {
  rhodes: { rows: 0, slips: 0 },
  deeplizard: { rows: 0, slips: 0 },
  cse473: { rows: 0, slips: 0 },
  auddy: { rows: 0, slips: 0 },
  'introductory-ml': { rows: 0, slips: 0 },
};

describe('the notes', () => {
  for (const [name, { rows, slips }] of Object.entries(COUNTS)) {
    for (const backend of ['cpu', 'wasm']) {
      it(`${name} on ${backend}: every row agrees with its closed form`, async () => {
        const example = await examples[name]!();
        const results = await example.results!({ backend, seed: 1 });
        const failed = results.filter(({ ok }) => !ok);
        expect(failed.length, table(failed)).to.equal(0);
        expect(results).to.have.lengthOf(rows);
        const shown = results.flatMap(({ slip }) => slip ?? []);
        expect(shown).to.have.lengthOf(slips);
        for (const { wrong } of shown) expect(wrong).to.match(/^(shape|value|no value|name): ./);
      });
    }
  }
});
