import { expect } from 'chai';
import {
  assign,
  compile,
  Graph,
  IndexError,
  map,
  NumericsError,
  ProgramStateError,
  type StepReport,
  backend as start,
} from '../../index.node.ts';
import { add, gather, log, mul, randomUniform, sub, sum } from '../../ops/index.ts';
import { collect } from '../support/collect.ts';
import { failure } from '../support/failure.ts';
import { NAMED, ofPlanned } from '../support/here.ts';
import { lineHere } from '../support/values.ts';

for (const backend of NAMED) {
  describe(`looking into a run on ${backend}`, () => {
    let line: string;
    const model = async () => {
      const g = new Graph();
      const x = g.placeholder('x', [2]);
      const w = g.variable('w', [], 1);
      const [logarithm, here] = [g.name('logarithm', log(sub(x, 1))), lineHere()];
      line = here;
      const y = sum(mul(logarithm, w));
      return compile({ y }, { backend, updates: [assign(w, add(w, 1))] });
    };

    it('checkNumerics names the first node that gives a value that is not finite, and its line', async () => {
      const program = await model();
      const error = await failure(() => program.run({ x: [3, 1] }, { checkNumerics: true }));
      expect(error).to.be.instanceOf(NumericsError);
      expect(error.message).to.contain("'logarithm' (Log)").and.contain('-Infinity').and.contain(line);
      expect((await program.variables.get('w')).item()).to.equal(1);
      expect((await program.run({ x: [2, 2] }, { checkNumerics: true })).y.item()).to.equal(0);
      program.dispose();
    });

    ofPlanned(backend)('checkNumerics names the node in the body of a map, and its line', async () => {
      const { buffers } = (await start(backend)).memory();
      const g = new Graph();
      let here = '';
      const y = map(g.placeholder('x', ['$n', 2]), (row) =>
        map(row, (x) => {
          const [inner, line] = [g.name('inner', log(sub(x, 1))), lineHere()];
          here = line;
          return mul(inner, 2);
        }),
      );
      const program = await compile({ y }, { backend });
      const error = await failure(() => program.run({ x: [[3, 2], [2, 1]] }, { checkNumerics: true })); // biome-ignore format: a matrix
      expect(error).to.be.instanceOf(NumericsError);
      expect(error.message).to.contain("'inner' (Log)").and.contain('-Infinity').and.contain(here);
      const { y: zeros } = await program.run({ x: [[2, 2]] }, { checkNumerics: true });
      expect(zeros.array()).to.deep.equal([[0, 0]]);
      program.dispose();
      expect((await start(backend)).memory().buffers).to.equal(buffers);
    });

    ofPlanned(backend)('an error within a map names the node in its body, and its line', async () => {
      const g = new Graph();
      let here = '';
      const y = map(g.placeholder('i', ['$n', 1], 'int32'), (i) => {
        const [found, line] = [gather(g.placeholder('x', [2]), i), lineHere()];
        here = line;
        return mul(found, 2);
      });
      const program = await compile({ y }, { backend });
      const error = await failure(() => program.run({ x: [1, 2], i: [[0], [7]] }));
      expect(error).to.be.instanceOf(IndexError);
      expect(error.message).to.contain(here);
      program.dispose();
    });

    ofPlanned(backend)('steps show each step and what it made', async () => {
      const program = await model();
      const seen = (await collect(program.steps({ x: [2, 2] }))).map(({ node, outputs }) => [
        node?.op.name,
        [...outputs[0]!.data],
      ]);
      expect(seen).to.deep.include(['Log', [0, 0]]);
      expect(seen).to.deep.include(['Add', [2]]);
      expect((await program.variables.get('w')).item()).to.equal(2);
      program.dispose();
    });

    ofPlanned(backend)('steps hold on to what they read, whatever becomes of it in between', async () => {
      const program = await model();
      const steps = program.steps({ x: [2, 3] });
      await steps.next();
      await program.variables.set('w', 7);
      for (let n = 0; n < 3; n++) await program.run({ x: [2, 2] });
      const seen: number[] = [];
      const error = await failure(async () => {
        for await (const { outputs } of steps) seen.push(...outputs[0]!.data);
      });
      expect(seen[0]).to.equal(0);
      expect(seen).to.include(Math.fround(Math.log(2)));
      expect(error).to.be.instanceOf(ProgramStateError);
      expect(error.message).to.contain('have changed');
      expect((await program.variables.get('w')).item()).to.equal(10);
      program.dispose();
    });

    ofPlanned(backend)('steps go on after the program has been disposed of, and leave nothing', async () => {
      const { buffers } = (await start(backend)).memory();
      const program = await compile({ y: mul(add(new Graph().placeholder('x', [2]), [1, 2]), [3, 4]) }, { backend });
      const steps = program.steps({ x: [1, 1] });
      await steps.next();
      program.dispose();
      expect((await collect(steps)).map(({ outputs }) => [...outputs[0]!.data])).to.deep.equal([[6, 12]]);
      expect((await start(backend)).memory().buffers).to.equal(buffers);
    });

    ofPlanned(backend)('a run stepped through counts as one: the next draws anew', async () => {
      const draw = new Graph().adopt(randomUniform([4]));
      const program = await compile({ draw }, { backend });
      const [{ outputs }] = (await collect(program.steps())) as [StepReport];
      expect((await program.run()).draw.data).to.not.deep.equal(outputs[0]!.data);
      program.dispose();
    });

    ofPlanned(backend)('a run between two steps draws anew', async () => {
      const draw = new Graph().adopt(add(randomUniform([4]), 1));
      const program = await compile({ draw }, { backend });
      const steps = program.steps();
      const seen = [await steps.next()];
      const { draw: other } = await program.run();
      for await (const step of steps) seen.push({ value: step, done: false });
      expect([...(seen.at(-1)!.value as StepReport).outputs[0]!.data]).to.not.deep.equal([...other.data]);
      program.dispose();
    });

    ofPlanned(backend)('steps that are abandoned change no variable', async () => {
      const program = await model();
      for await (const { index } of program.steps({ x: [2, 2] })) if (index === 1) break;
      expect((await program.variables.get('w')).item()).to.equal(1);
      program.dispose();
    });
  });
}
