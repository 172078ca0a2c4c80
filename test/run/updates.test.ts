// Updates are data: every read sees the values from before the run, and all take effect together, or none.
import { expect } from 'chai';
import {
  assign,
  CancelledError,
  compile,
  evaluate,
  Graph,
  GraphError,
  ProgramStateError,
  ShapeError,
  backend as start,
  VariableError,
  Variables,
} from '../../index.node.ts';
import { add, dropout, gather, mul, square, sum } from '../../ops/index.ts';
import { failure } from '../support/failure.ts';
import { NAMED, ofPlanned } from '../support/here.ts';

for (const backend of NAMED) {
  describe(`updates on ${backend}`, () => {
    it('two variables swap', async () => {
      const g = new Graph();
      const [a, b] = [g.variable('a', [2], [1, 2]), g.variable('b', [2], [3, 4])];
      const program = await compile({ total: sum(a) }, { backend, updates: [assign(a, b), assign(b, a)] });
      expect((await program.run()).total.item()).to.equal(3);
      expect((await program.variables.get('a')).array()).to.deep.equal([3, 4]);
      expect((await program.variables.get('b')).array()).to.deep.equal([1, 2]);
      expect((await program.run()).total.item()).to.equal(7);
      program.dispose();
    });

    it('a variable takes a constant, a feed, an output, a view', async () => {
      const g = new Graph();
      const x = g.placeholder('x', [2]);
      const y = square(x);
      const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => g.variable(name, [2]));
      const updates = [assign(a!, [5, 6]), assign(b!, x), assign(c!, y), assign(d!, y)];
      const program = await compile({ y }, { backend, updates });
      const fed = Float32Array.of(1, 2);
      const out = await program.run({ x: fed });
      fed.fill(-1);
      out.y.data.fill(-1);
      const values = await Promise.all(['a', 'b', 'c', 'd'].map(async (n) => (await program.variables.get(n)).array()));
      expect(values).to.deep.equal([
        [5, 6],
        [1, 2],
        [1, 4],
        [1, 4],
      ]);
      program.dispose();
    });

    it("what is read is the caller's own", async () => {
      const g = new Graph();
      const a = g.variable('a', [2], [1, 2]);
      const program = await compile({ a }, { backend });
      (await program.run()).a.data.fill(9);
      (await program.variables.get('a')).data.fill(9);
      expect((await program.run()).a.array()).to.deep.equal([1, 2]);
      program.dispose();
    });

    it('a run that fails changes nothing', async () => {
      const g = new Graph();
      const [a, b] = [g.variable('a', [], 1), g.variable('b', [], 1)];
      const picked = sum(gather(g.placeholder('x', [3]), g.placeholder('i', [1], 'int32')));
      const program = await compile(
        { picked },
        { backend, updates: [assign(a, add(a, 1)), assign(b, add(b, picked))] },
      );
      await failure(() => program.run({ x: [1, 2, 3], i: [7] }));
      expect((await program.variables.get('a')).item()).to.equal(1);
      await program.run({ x: [1, 2, 3], i: [2] });
      expect((await program.variables.get('a')).item()).to.equal(2);
      expect((await program.variables.get('b')).item()).to.equal(4);
      program.dispose();
    });

    it('a cancelled run changes nothing, whether it waits or is about to update', async () => {
      const g = new Graph();
      const a = g.variable('a', [], 0);
      const program = await compile({ a }, { backend, updates: [assign(a, add(a, 1))] });
      const controller = new AbortController();
      const first = program.run();
      const queued = program.run({}, { signal: controller.signal });
      const last = program.run();
      controller.abort();
      expect((await failure(() => queued)).constructor).to.equal(CancelledError);
      await Promise.all([first, last]);
      expect((await program.variables.get('a')).item()).to.equal(2);
      program.dispose();
    });

    it('a run cancelled after its last step changes nothing', async () => {
      const g = new Graph();
      const a = g.variable('a', [], 0);
      const program = await compile({ a }, { backend, updates: [assign(a, add(a, 1))] });
      const { buffers } = (await start(backend)).memory();
      let asked = 0;
      // the second question is the one before the updates
      const signal = {
        get aborted() {
          return ++asked > 1;
        },
      } as AbortSignal;
      expect(await failure(() => program.run({}, { signal }))).to.be.instanceOf(CancelledError);
      expect(asked).to.equal(2);
      expect((await start(backend)).memory().buffers).to.equal(buffers);
      expect((await program.run()).a.item()).to.equal(0);
      program.dispose();
    });

    ofPlanned(backend)('a run is cancelled by what happened while its steps ran', async () => {
      const g = new Graph();
      const a = g.variable('a', [], 0);
      const program = await compile({ a }, { backend, updates: [assign(a, add(a, 1))] });
      const controller = new AbortController();
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        controller.abort('enough');
        port1.close();
      };
      port2.postMessage(0);
      const error = await failure(() => program.run({}, { signal: controller.signal }));
      expect(error).to.be.instanceOf(CancelledError);
      expect(error.cause).to.equal('enough');
      expect((await program.run()).a.item()).to.equal(0);
      program.dispose();
    });

    ofPlanned(backend)('a failure between two updates makes the store invalid, which it says', async () => {
      const b = await start(backend);
      const g = new Graph();
      const [p, q] = [g.variable('p', []), g.variable('q', [])];
      const variables = new Variables({ backend: b });
      const program = await compile({ p }, { variables, updates: [assign(p, 1), assign(q, 2)] });
      const store = variables.open() as unknown as { replace: (cell: { name: string }, buffer: object) => void };
      const replace = store.replace.bind(store);
      store.replace = (cell, buffer) => {
        if (cell.name === 'q') throw new Error('the device is gone');
        replace(cell, buffer);
      };
      expect((await failure(() => program.run())).message).to.contain('the device is gone');
      const next = await failure(() => program.run());
      expect(next).to.be.instanceOf(VariableError);
      expect(next.message).to.contain('the device is gone');
      program.dispose();
      variables.dispose();
    });

    it('runs happen in the order of the calls', async () => {
      const g = new Graph();
      const a = g.variable('a', [], 1);
      const x = g.placeholder('x', []);
      const program = await compile({ a }, { backend, updates: [assign(a, add(mul(a, 10), x))] });
      const seen = await Promise.all([1, 2, 3].map((v) => program.run({ x: v })));
      expect(seen.map((out) => out.a.item())).to.deep.equal([1, 11, 112]);
      program.dispose();
    });

    it('runSync refuses while a run is pending', async () => {
      const g = new Graph();
      const program = await compile({ y: square(g.placeholder('x', [])) }, { backend });
      const pending = program.run({ x: 2 });
      expect(() => program.runSync({ x: 3 })).to.throw(ProgramStateError, 'pending');
      expect((await pending).y.item()).to.equal(4);
      expect(program.runSync({ x: 3 }).y.item()).to.equal(9);
      program.dispose();
    });

    it('a draw is the same in every use of a run, and differs from run to run', async () => {
      const g = new Graph();
      const a = g.variable('a', [64]);
      const noise = dropout(g.placeholder('x', [64]), 0.5);
      const program = await compile({ noise }, { backend, updates: [assign(a, noise)], seed: 3 });
      const x = new Float32Array(64).fill(1);
      const first = (await program.run({ x })).noise.array();
      expect((await program.variables.get('a')).array()).to.deep.equal(first);
      expect((await program.run({ x })).noise.array()).to.not.deep.equal(first);
      program.dispose();
    });
  });
}

describe('an update', () => {
  it('is refused twice for one variable', async () => {
    const g = new Graph();
    const a = g.variable('a', []);
    const twice = () => compile({ a }, { backend: 'cpu', updates: [assign(a, 1), assign(a, 2)] });
    expect(await failure(twice)).to.be.instanceOf(GraphError);
  });

  it('is of a variable, by a value of its type', async () => {
    const g = new Graph();
    const a = g.variable('a', [2]);
    expect(() => assign(square(a), a)).to.throw(GraphError, 'not a variable');
    expect(() => assign(a, [1, 2, 3])).to.throw(ShapeError, '[2]');
    expect((await evaluate(a, {}, { backend: 'cpu' })).array()).to.deep.equal([0, 0]);
  });
});
