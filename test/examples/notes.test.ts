/** Every result of the five documents, by the engine on two backends, against the closed forms. */
import { expect } from 'chai';
import { examples } from '../../examples/index.ts';
import { table } from '../../examples/table.ts';
import { NAMED } from '../support/here.ts';

const BACKENDS = NAMED;

/** How many rows each table has, and how many of them show a slip. */
const COUNTS = {
  rhodes: { rows: 106, slips: 8 },
  deeplizard: { rows: 31, slips: 5 },
  cse473: { rows: 191, slips: 7 },
  auddy: { rows: 43, slips: 15 },
  'introductory-ml': { rows: 115, slips: 38 },
};

const load = (name: string) => examples[name]!();

describe('the notes', () => {
  for (const [name, { rows, slips }] of Object.entries(COUNTS)) {
    for (const backend of BACKENDS) {
      it(`${name}: every row agrees with its closed form, on ${backend}`, async () => {
        const { results } = await load(name);
        const all = await results!({ backend, seed: 1 });
        const failed = all.filter(({ ok }) => !ok);
        expect(failed.length, `\n${table(failed)}\n`).to.equal(0);
        expect(all).to.have.lengthOf(rows);
        const shown = all.flatMap(({ slip }) => slip ?? []);
        expect(shown).to.have.lengthOf(slips);
        for (const { wrong } of shown) expect(wrong).to.match(/^(shape|value|no value|name): ./);
      });
    }

    it(`${name}: what is printed of it builds, for any seed`, async () => {
      const { graph } = await load(name);
      for (const seed of [undefined, 7]) {
        const { outputs, gradients } = graph(seed === undefined ? {} : { seed });
        expect(Object.keys(outputs)).to.not.be.empty;
        expect(Object.keys(gradients)).to.not.be.empty;
      }
    });
  }

  it('auddy: the gradient by Z2 is A2 - Y', async () => {
    const { graph, outputs } = (await load('auddy')).graph();
    const difference = graph.nodes.find(({ op, inputs }) => op.name === 'Sub' && inputs[0] === outputs.A2);
    expect(difference?.inputs[1]).to.equal(graph.find('Y'));
  });

  for (const backend of BACKENDS) {
    it(`auddy: learns two moons, on ${backend}`, async () => {
      const { metrics, losses } = await (await load('auddy')).train!({ backend, seed: 1 });
      expect(losses.at(-1)).to.be.below(0.05);
      expect(metrics['accuracy on new samples']).to.be.above(0.97);
    });

    it(`introductory-ml: two linear layers reach the least-squares answer, on ${backend}`, async () => {
      const { metrics } = await (await load('introductory-ml')).train!({ backend, seed: 1 });
      expect(metrics['distance from least squares']).to.be.below(1e-5);
    });
  }

  it('a row is not ok when it is off, misshapen or missing', async () => {
    const { result } = await import('../../examples/example.ts');
    expect(result('', '', [[1, 2]], [[1, 2]]).ok).to.equal(true);
    expect(result('', '', [[1, 2.0001]], [[1, 2]]).ok).to.equal(false);
    expect(result('', '', [[NaN, 2]], [[1, 2]]).ok).to.equal(false);
    expect(result('', '', [[1], [2]], [[1, 2]]).ok).to.equal(false);
    expect(result('', '', undefined, [[1, 2]]).ok).to.equal(false);
    expect(result('', '', 1, 1, { differences: 1.1 }).ok).to.equal(false);
  });

  it('a printed form that is right is not a slip', async () => {
    const { slip } = await import('../../examples/example.ts');
    expect(() => slip('a + b', () => [1, 2], [1, 2])).to.throw('is right after all');
    expect(slip('a', () => [1, 2], [[1, 2]]).wrong).to.equal('shape: 2, should be 1x2');
    expect(slip('a', () => [1, 2], [1, 3]).wrong).to.equal('value: 2 instead of 3');
  });
});
