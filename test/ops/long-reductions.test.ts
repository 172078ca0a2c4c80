/** Sums of many positive terms keep their digits, whatever makes them: see test/support/long-reductions.ts. */
import { expect } from 'chai';
import { compile, Graph } from '../../index.node.ts';
import { mean } from '../../ops/index.ts';
import { FULL } from '../support/effort.ts';
import { HERE } from '../support/here.ts';
import { describeLongReductions, longReductions } from '../support/long-reductions.ts';

/** No multiples of what kernels take at a time; just long, and longer. */
const TERMS = FULL ? [5003, 2 ** 18 + 37] : [5003];

/** What TensorFlow adds up itself. */
const SHORT_ON_NODE = 2 ** 15;

for (const backend of HERE)
  for (const n of TERMS)
    describe(`reductions of ${n} terms on ${backend.name}`, () => {
      before(() => backend.start());

      const ofFilters = backend.name === 'node' ? n + SHORT_ON_NODE : n;
      describeLongReductions(longReductions(n, ofFilters), FULL, () => backend);

      it('a mean of 2^25 ones is 1', async function () {
        if (!FULL || n !== TERMS[0]) this.skip();
        const g = new Graph();
        const program = await compile({ y: mean(g.placeholder('x', [2 ** 25])) }, { backend });
        const data = new Float32Array(2 ** 25).fill(1);
        expect((await program.run({ x: { data, shape: [2 ** 25], dtype: 'float32' } })).y.item()).to.equal(1);
        program.dispose();
      });
    });
