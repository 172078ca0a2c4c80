/** Draws that are made of others: do they have the distribution that they should? */
import { expect } from 'chai';
import { AttributeError, compile, evaluate, ShapeError, type Sym } from '../../engine/index.ts';
import { constant, multinomial, randomGamma } from '../../ops/index.ts';
import { HERE } from '../support/here.ts';
import { caught } from '../support/values.ts';

const N = 20_000;

for (const backend of HERE) {
  describe(`draws on ${backend.name}:`, () => {
    const draw = async (y: Sym) => (await evaluate({ y }, {}, { backend })).y.data;

    it('multinomial draws outcomes as often as their probabilities say', async () => {
      const probabilities = [0.1, 0, 0.6, 0.3];
      for (const drawn of [
        await draw(multinomial(constant(probabilities), N, undefined, true)),
        await draw(multinomial(constant(probabilities.map((p) => Math.max(Math.log(p), -1000))), N)),
        // of weights that do not sum to 1
        await draw(multinomial(constant(probabilities.map((p) => 7 * p)), N, undefined, true)),
      ]) {
        const share = probabilities.map((_, j) => drawn.filter((v) => v === j).length / N);
        probabilities.forEach((p, j) => {
          expect(share[j], `outcome ${j}`).to.be.closeTo(p, 5 * Math.sqrt((p * (1 - p)) / N));
        });
      }
    });

    it('multinomial draws for each row of its own', async () => {
      const rows = constant([
        [0, 1],
        [1, 0],
      ]);
      expect([...(await draw(multinomial(rows, 3, undefined, true)))]).to.deep.equal([1, 1, 1, 0, 0, 0]);
    });

    for (const [alpha, beta] of [
      [0.3, 1],
      [1, 2],
      [4, 0.5],
    ] as const) {
      it(`randomGamma(${alpha}, ${beta}) has mean, variance and skewness`, async () => {
        const drawn = Array.from(await draw(randomGamma([N], alpha, beta)));
        const mean = drawn.reduce((s, v) => s + v, 0) / N;
        const moment = (k: number) => drawn.reduce((s, v) => s + (v - mean) ** k, 0) / N;
        expect(Math.min(...drawn)).to.be.at.least(0);
        expect(mean).to.be.closeTo(alpha / beta, (5 * Math.sqrt(alpha / N)) / beta);
        expect(moment(2)).to.be.closeTo(alpha / beta ** 2, (0.1 * alpha) / beta ** 2);
        expect(moment(3) / moment(2) ** 1.5).to.be.closeTo(2 / Math.sqrt(alpha), 0.4);
      });
    }

    it('another run draws anew', async () => {
      const program = await compile({ y: multinomial(constant([0.5, 0.5]), 64, undefined, true) }, { backend });
      const [first, second] = [(await program.run({})).y.data, (await program.run({})).y.data];
      expect([...first]).to.not.deep.equal([...second]);
      program.dispose();
    });
  });
}

describe('draws', () => {
  it('refuse what has no distribution', () => {
    expect(caught(() => multinomial([1], 2))).to.be.instanceOf(AttributeError);
    expect(caught(() => multinomial([[[1, 2]]], 2))).to.be.instanceOf(ShapeError);
    expect(caught(() => multinomial([1, 2], 2, 7 as never))).to.be.instanceOf(AttributeError);
    expect(caught(() => randomGamma([2], 0))).to.be.instanceOf(AttributeError);
  });
});
