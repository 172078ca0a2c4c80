import { expect } from 'chai';
import { assign, compile, Graph, NumericsError } from '../../index.node.ts';
import { add, log, mul, sub, sum } from '../../ops/index.ts';
import { failure } from '../support/failure.ts';

for (const backend of ['cpu', 'wasm']) {
  describe(`looking into a run on ${backend}`, () => {
    const model = async () => {
      const g = new Graph();
      const x = g.placeholder('x', [2]);
      const w = g.variable('w', [], 1);
      const logarithm = g.name('logarithm', log(sub(x, 1)));
      const y = sum(mul(logarithm, w));
      return compile({ y }, { backend, updates: [assign(w, add(w, 1))] });
    };

    it('checkNumerics names the first node that gives a value that is not finite, and its line', async () => {
      const program = await model();
      const error = await failure(() => program.run({ x: [3, 1] }, { checkNumerics: true }));
      expect(error).to.be.instanceOf(NumericsError);
      expect(error.message)
        .to.contain("'logarithm' (Log)")
        .and.contain('-Infinity')
        .and.contain('numerics.test.ts:12:');
      expect((await program.variables.get('w')).item()).to.equal(1);
      expect((await program.run({ x: [2, 2] }, { checkNumerics: true })).y.item()).to.equal(0);
      program.dispose();
    });

    it('steps show each step and what it made', async () => {
      const program = await model();
      const seen = [...program.steps({ x: [2, 2] })].map(({ node, outputs }) => [node?.op.name, [...outputs[0]!.data]]);
      expect(seen).to.deep.include(['Log', [0, 0]]);
      expect(seen).to.deep.include(['Add', [2]]);
      expect((await program.variables.get('w')).item()).to.equal(2);
      program.dispose();
    });

    it('steps that are abandoned change no variable', async () => {
      const program = await model();
      for (const { index } of program.steps({ x: [2, 2] })) if (index === 1) break;
      expect((await program.variables.get('w')).item()).to.equal(1);
      program.dispose();
    });
  });
}
