// What a program offers: runs in all their forms, plans, and an end.
import { expect } from 'chai';
import {
  assign,
  type Backend,
  compile,
  compileSync,
  dim,
  evaluate,
  FeedError,
  Graph,
  GraphError,
  openVariables,
  ProgramStateError,
  ShapeError,
  backend as start,
  VariableError,
} from '../../index.node.ts';
import { add, concat, mul, square, sub, sum } from '../../ops/index.ts';
import { sgd } from '../../plugins/optimizers/index.ts';
import { collect } from '../support/collect.ts';
import { failure } from '../support/failure.ts';
import { NAMED, ofPlanned } from '../support/here.ts';

/** y = 2 x and z = x^2 over an unknown number of elements. */
function pair() {
  const x = new Graph().placeholder('x', ['$n']);
  return { y: mul(x, 2), z: square(x) };
}

for (const backend of NAMED) {
  describe(`a program on ${backend}`, () => {
    it('gives data, shape, dtype, item and array of each output, at once or by a promise', async () => {
      const program = await compile(pair(), { backend });
      for (const { y, z } of [await program.run({ x: [3] }), program.runSync({ x: [3] })]) {
        expect(y).to.include({ dtype: 'float32' });
        expect([y.data, y.shape, y.item(), y.array()]).to.deep.equal([Float32Array.of(6), [1], 6, [6]]);
        expect(z.item()).to.equal(9);
      }
      program.dispose();
    });

    it('gives the outputs that are asked for, and none for none', async () => {
      const program = await compile(pair(), { backend });
      expect(Object.keys(await program.run({ x: [1] }, { outputs: ['z'] }))).to.deep.equal(['z']);
      expect(await program.run({ x: [1] }, { outputs: [] })).to.deep.equal({});
      for (const name of ['nope', 'toString']) {
        const error = await failure(() => program.run({ x: [1] }, { outputs: [name] }));
        expect(error).to.be.instanceOf(GraphError);
        expect(error.message).to.contain(`'${name}'`).and.contain('outputs: y, z');
      }
      program.dispose();
    });

    it('makes its updates where no output is asked for', async () => {
      const g = new Graph();
      const a = g.variable('a', [], 1);
      const program = await compile({ a }, { backend, updates: [assign(a, add(a, 1))] });
      await program.run({}, { outputs: [] });
      expect((await program.variables.get('a')).item()).to.equal(2);
      program.dispose();
    });

    it('runs for each of many feeds, in order', async () => {
      const program = await compile(pair(), { backend });
      const seen: number[] = [];
      for await (const { y } of program.runMany([{ x: [1] }, { x: [2] }])) seen.push(y.item());
      async function* later() {
        yield { x: [3] };
      }
      for await (const { y } of program.runMany(later())) seen.push(y.item());
      expect(seen).to.deep.equal([2, 4, 6]);
      program.dispose();
    });

    it('trains while another evaluates, over the same variables', async () => {
      const g = new Graph();
      const w = g.variable('w', [], 0);
      const loss = square(sub(mul(g.placeholder('x', []), w), 6));
      const step = await compile({ loss }, { backend, updates: sgd({ learningRate: 0.1 }).minimize(loss) });
      const other = new Graph();
      const predict = await compile(
        { y: mul(other.placeholder('x', []), other.variable('w', [])) },
        { variables: step.variables },
      );
      const seen: number[] = [];
      for (let i = 0; i < 3; i++) {
        await step.run({ x: 1 });
        seen.push((await predict.run({ x: 10 })).y.item());
      }
      expect(seen.map((v) => v.toFixed(3))).to.deep.equal(['12.000', '21.600', '29.280']);
      step.dispose();
      predict.dispose();
    });

    ofPlanned(backend)('is planned for each size, and prepared ahead', async () => {
      const program = await compile(pair(), { backend });
      program.prepare({ n: 3 });
      const plan = program.planFor({ n: 3 });
      expect(plan.outputs.map((v) => v.shape)).to.deep.equal([[3], [3]]);
      await program.run({ x: [1, 2, 3] });
      expect(program.planFor({ n: 3 })).to.equal(plan);
      expect(program.planFor({ n: 4 })).to.not.equal(plan);
      expect(await failure(() => program.plan)).to.be.instanceOf(ShapeError);
      for (const n of [-1, 1.5]) expect(await failure(() => program.prepare({ n }))).to.be.instanceOf(ShapeError);
      program.dispose();
    });

    ofPlanned(backend)('keeps the plans of many sizes in turn', async () => {
      const program = await compile(pair(), { backend });
      const plans = () => Array.from({ length: 30 }, (_, n) => program.planFor({ n }));
      const first = plans();
      plans().forEach((plan, n) => {
        expect(plan, `of ${n}`).to.equal(first[n]);
      });
      program.dispose();
    });

    ofPlanned(backend)('has one plan for dims that it does not depend on', async () => {
      const g = new Graph();
      const x = g.placeholder('x', ['$n']);
      g.placeholder('labels', ['$other']);
      const program = await compile({ y: sum(x) }, { backend });
      const plan = program.planFor({ n: 1 });
      await program.run({ x: [1], labels: [1, 2, 3] });
      expect(program.planFor({ n: 1, other: 5 })).to.equal(plan);
      program.dispose();
    });

    ofPlanned(backend)('with dims that compile was given has a plan at once', async () => {
      const program = await compile(pair(), { backend, dims: { n: 2 } });
      expect(program.plan.outputs[0]!.shape).to.deep.equal([2]);
      expect((await program.run({ x: [1, 2] })).y.array()).to.deep.equal([2, 4]);
      program.dispose();
    });

    it('refuses everything once disposed, also what was waiting', async () => {
      const program = await compile(pair(), { backend });
      const [first, second] = [program.run({ x: [1] }), program.run({ x: [2] })];
      program.dispose();
      program.dispose();
      expect((await first).y.item()).to.equal(2);
      const errors = [
        await failure(() => second),
        await failure(() => program.run({ x: [1] })),
        await failure(() => program.runSync({ x: [1] })),
        await failure(() => collect(program.steps({ x: [1] }))),
        await failure(() => program.planFor({ n: 1 })),
        await failure(() => program.prepare({ n: 1 })),
      ];
      expect(errors.map((e) => e.constructor)).to.deep.equal(errors.map(() => ProgramStateError));
    });

    it('ends with the block that uses it', async () => {
      const b = await start(backend);
      const before = b.memory().buffers;
      {
        const g = new Graph();
        using program = await compile({ y: add(g.variable('w', [3]), [1, 2, 3]) }, { backend });
        await program.run();
        expect(b.memory().buffers).to.be.above(before);
      }
      expect(b.memory().buffers).to.equal(before);
    });
  });
}

describe('compile', () => {
  it('needs outputs or updates', async () => {
    expect(await failure(() => compile({}, { backend: 'cpu' }))).to.be.instanceOf(GraphError);
  });

  it('refuses variables of another backend', async () => {
    const variables = await openVariables({ backend: 'cpu' });
    const y = square(new Graph().variable('w', []));
    expect(await failure(() => compile({ y }, { backend: 'wasm', variables }))).to.be.instanceOf(ProgramStateError);
    variables.dispose();
  });

  it('that fails leaves the variables as they were', async () => {
    const variables = await openVariables({ backend: 'cpu' });
    const held = await compile({ b: new Graph().variable('b', [2]) }, { variables });
    const g = new Graph();
    const y = concat([g.variable('a', [2]), g.variable('b', [3])], 0);
    expect(await failure(() => compile({ y }, { variables }))).to.be.instanceOf(VariableError);
    expect(variables.names()).to.deep.equal(['b']);
    held.dispose();
    variables.dispose();
  });

  it('serves a backend that has started, at once', async () => {
    const program = compileSync(pair(), { backend: await start('cpu') });
    expect(program.runSync({ x: [2] }).z.item()).to.equal(4);
    program.dispose();
    const asleep: Backend = Object.create(await start('cpu'), { ready: { value: false } });
    expect(() => compileSync(pair(), { backend: asleep })).to.throw(ProgramStateError, 'has not started');
  });

  it('takes a dim that no feed can bind from `dims`', async () => {
    const y = sum(new Graph().placeholder('x', [dim.mul('$n', 2)]));
    expect((await failure(() => compile({ y }, { backend: 'cpu' }))).message).to.contain('nothing binds $n');
    expect((await evaluate(y, { x: [1, 2, 3, 4] }, { backend: 'cpu', dims: { n: 2 } })).item()).to.equal(10);
    expect(await failure(() => evaluate(y, { x: [1] }, { backend: 'cpu', dims: { n: 2 } }))).to.be.instanceOf(
      FeedError,
    );
  });
});

describe('evaluate', () => {
  it('gives one value, or a record of them, and leaves nothing', async () => {
    const b = await start('wasm');
    const before = b.memory().buffers;
    const x = new Graph().placeholder('x', [2]);
    expect((await evaluate(square(x), { x: [1, 2] }, { backend: b })).array()).to.deep.equal([1, 4]);
    const { s, d } = await evaluate({ s: sum(x), d: mul(x, 2) }, { x: [1, 2] }, { backend: b });
    expect([s.item(), d.array()]).to.deep.equal([3, [2, 4]]);
    expect(b.memory().buffers).to.equal(before);
  });
});
