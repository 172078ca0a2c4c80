/** TensorFlow as a whole-program backend: one graph, one call for each run. That it computes right is shown with the other backends. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import { node } from '../../backends/node/module.ts';
import type { NodeDef } from '../../backends/node/proto/messages.ts';
import { Session } from '../../backends/node/runtime/session.ts';
import { TensorFlowError } from '../../backends/node/runtime/status.ts';
import {
  assign,
  BackendError,
  compile,
  Graph,
  IndexError,
  ProgramStateError,
  type Sym,
  VariableError,
} from '../../engine/index.ts';
import { openVariables } from '../../index.node.ts';
import { add, gather, losses, matMul, mul, relu, reshape, sub, sum, tanh } from '../../ops/index.ts';
import { adam, momentum, type Optimizer, rmsprop, sgd } from '../../plugins/optimizers/index.ts';
import { EFFORT } from '../support/effort.ts';
import { failure } from '../support/failure.ts';
import { requireNative } from '../support/missing-native.ts';

/** A network with one hidden layer, and its loss. */
function network(sizes: readonly [number, number, number]): { g: Graph; loss: Sym } {
  const [inputs, hidden, outputs] = sizes;
  const g = new Graph();
  const [x, y] = [g.placeholder('x', ['$batch', inputs]), g.placeholder('y', ['$batch', outputs])];
  const layer = (v: Sym, k: number, from: number, to: number): Sym =>
    add(matMul(v, g.variable(`W${k}`, [from, to], 0.1)), g.variable(`b${k}`, [to], 0));
  return { g, loss: losses.meanSquaredError(y, layer(tanh(layer(x, 1, inputs, hidden)), 2, hidden, outputs)) };
}

const batch = (rows: number, [inputs, , outputs]: readonly [number, number, number]) => ({
  x: Float32Array.from({ length: rows * inputs }, (_, i) => Math.sin(i)),
  y: Float32Array.from({ length: rows * outputs }, (_, i) => Math.cos(i)),
});

const SMALL = [2, 16, 1] as const;

/** What is called on sessions during `task`. */
async function calls(task: () => unknown): Promise<{ imports: readonly (readonly NodeDef[])[]; runs: number }> {
  const { import: importGraph, run, runSync } = Session.prototype;
  const imports: (readonly NodeDef[])[] = [];
  let runs = 0;
  Object.assign(Session.prototype, {
    import(this: Session, graph: Parameters<Session['import']>[0]) {
      imports.push(graph.node);
      return importGraph.call(this, graph);
    },
    run(this: Session, ...args: Parameters<Session['run']>) {
      runs++;
      return run.apply(this, args);
    },
    runSync(this: Session, ...args: Parameters<Session['runSync']>) {
      runs++;
      return runSync.apply(this, args);
    },
  });
  try {
    await task();
  } finally {
    Object.assign(Session.prototype, { import: importGraph, run, runSync });
  }
  return { imports, runs };
}

/** How long this thread has waited for a processor, in ms: what other processes do is not ours. 0 where the system does not tell. */
function waitedForProcessor(): number {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}

/** Watches the event loop; the result stops it, and gives the longest that a timer of 1 ms was kept waiting, in ms. */
function watchTurns(): () => number {
  let [longest, last, waited] = [0, performance.now(), waitedForProcessor()];
  const timer = setInterval(() => {
    const [now, then] = [performance.now(), waitedForProcessor()];
    longest = Math.max(longest, now - last - (then - waited) - 1);
    [last, waited] = [now, then];
  }, 1);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

const opsOf = (nodes: readonly NodeDef[]): readonly string[] => nodes.map(({ op }) => op);

describe('TensorFlow', () => {
  if (!requireNative()) return;
  before(() => node.start());

  describe('a whole step', () => {
    it('is one graph, and one call, whatever the size of the batch', async () => {
      const { loss } = network(SMALL);
      const step = await compile({ loss }, { backend: node, updates: adam().minimize(loss) });
      await step.run(batch(4, SMALL));
      const { imports, runs } = await calls(async () => {
        for (const rows of [4, 4, 7, 1, 32]) await step.run(batch(rows, SMALL));
        step.runSync(batch(5, SMALL));
      });
      expect(runs).to.equal(6);
      expect(imports).to.deep.equal([]);
      step.dispose();
    });

    it('has a graph of its own for sizes of 0', async () => {
      const { loss } = network(SMALL);
      const step = await compile({ loss }, { backend: node });
      await step.run(batch(4, SMALL));
      const empty = () => step.run({ x: new Float32Array(), y: new Float32Array() });
      // the mean of nothing
      const { imports } = await calls(async () => expect((await empty()).loss.item()).to.be.NaN);
      expect(imports).to.have.lengthOf(1);
      expect((await calls(empty)).imports).to.deep.equal([]);
      step.dispose();
    });

    // TensorFlow's Adam is for large variables
    const LARGE = [128, 256, 1] as const;
    const UPDATES: readonly [string, () => Optimizer, string][] = [
      ['gradient descent', () => sgd({ learningRate: 0.001 }), 'ResourceApplyGradientDescent'],
      ['momentum', () => momentum({ learningRate: 0.001 }), 'ResourceApplyMomentum'],
      ['Adam', () => adam(), 'ResourceApplyAdam'],
      ["RMSProp, which differs from TensorFlow's", () => rmsprop({ learningRate: 0.001 }), 'AssignVariableOp'],
    ];
    for (const [name, optimizer, op] of UPDATES) {
      it(`updates by ${name}, as wasm does, in TensorFlow's ${op}`, async () => {
        const losses: number[][] = [];
        for (const backend of ['node', 'wasm']) {
          const { loss } = network(LARGE);
          const variables = await openVariables({ backend });
          const { imports } = await calls(async () => {
            const step = await compile(
              { loss },
              { backend: variables.backend, variables, updates: optimizer().minimize(loss) },
            );
            const seen: number[] = [];
            for (let i = 0; i < 20; i++) seen.push((await step.run(batch(8, LARGE))).loss.item());
            losses.push(seen);
            step.dispose();
          });
          variables.dispose();
          const updates = imports.flatMap(opsOf).filter((o) => o.startsWith('Resource') || o === op);
          // the variables' first values are assigned, too
          if (backend === 'node')
            expect(updates.filter((o) => o === op).length).to.be.at.least(op === 'ResourceApplyAdam' ? 1 : 4);
        }
        const [native, wasm] = losses as [number[], number[]];
        for (const [i, value] of native.entries()) expect(value).to.be.closeTo(wasm[i]!, 1e-4 * Math.abs(wasm[i]!));
        expect(native.at(-1)).to.be.below(native[0]!);
      });
    }

    it('reads variables as they are before the run, and changes them together', async () => {
      const g = new Graph();
      const [a, b] = [g.variable('a', [2], 1), g.variable('b', [2], 2)];
      const swap = await compile({ a }, { backend: node, updates: [assign(a, b), assign(b, a)] });
      expect((await swap.run()).a.array()).to.deep.equal([1, 1]);
      expect((await swap.variables.get('a')).array()).to.deep.equal([2, 2]);
      expect((await swap.variables.get('b')).array()).to.deep.equal([1, 1]);
      // each may hold the other's memory now
      const step = await compile({}, { backend: node, variables: swap.variables, updates: [assign(a, mul(a, 10))] });
      await step.run();
      expect((await swap.variables.get('a')).array()).to.deep.equal([20, 20]);
      expect((await swap.variables.get('b')).array()).to.deep.equal([1, 1]);
      step.dispose();
      swap.dispose();
    });

    it('keeps what variables were assigned when the feed is written again', async () => {
      const g = new Graph();
      const [v, w] = [g.variable('v', [2], 0), g.variable('w', [1, 2], 0)];
      const x = g.placeholder('x', [2]);
      const program = await compile({ v }, { backend: node, updates: [assign(v, x), assign(w, reshape(x, [1, 2]))] });
      await program.run({ x: [1, 2] });
      await program.run({ x: [3, 4] }, { outputs: [] });
      const other = await compile({ y: sum(x) }, { backend: node, variables: program.variables });
      await other.run({ x: [5, 6] });
      expect((await program.variables.get('v')).array()).to.deep.equal([3, 4]);
      expect((await program.variables.get('w')).array()).to.deep.equal([[3, 4]]);
      const [run] = [program.run({ x: [7, 8] })];
      expect((await run).v.array()).to.deep.equal([3, 4]);
      other.dispose();
      program.dispose();
    });
  });

  describe('a failure', () => {
    it('names the node and its line, and has changed nothing', async () => {
      const g = new Graph();
      const v = g.variable('v', [3], 1);
      const picked = g.name('picked', gather(v, g.placeholder('i', [1], 'int32')));
      const program = await compile({ picked }, { backend: node, updates: [assign(v, mul(v, 2))] });
      for (const run of [() => program.run({ i: [3] }), async () => program.runSync({ i: [-1] })]) {
        const error = await failure(run);
        expect(error).to.be.instanceOf(IndexError);
        expect(error.message)
          .to.contain("'picked'")
          .and.contain('native.test.ts:')
          .and.match(/is not in \[0, 3\)/);
      }
      expect((await program.variables.get('v')).array()).to.deep.equal([1, 1, 1]);
      expect((await program.run({ i: [2] })).picked.array()).to.deep.equal([1]);
      program.dispose();
    });

    it('of updates makes the store invalid, which it says', async () => {
      const g = new Graph();
      const v = g.variable('v', [], 1);
      const program = await compile({ v }, { backend: node, updates: [assign(v, 2)] });
      const { run } = Session.prototype;
      Session.prototype.run = async () => {
        throw new TensorFlowError(8, 'the memory is gone');
      };
      try {
        expect((await failure(() => program.run())).message).to.contain('the memory is gone');
      } finally {
        Session.prototype.run = run;
      }
      expect(await failure(() => program.run())).to.be.instanceOf(VariableError);
      program.dispose();
    });

    it('to find the library is no failure of the process: it says what would help', async () => {
      const before = process.env.RETROGRAPH_LIBTENSORFLOW;
      process.env.RETROGRAPH_LIBTENSORFLOW = '/nowhere';
      try {
        const availability = await node.availability();
        expect(availability).to.include({ available: false });
        expect(availability).to.have.property('remedy').that.is.a('string');
      } finally {
        if (before === undefined) delete process.env.RETROGRAPH_LIBTENSORFLOW;
        else process.env.RETROGRAPH_LIBTENSORFLOW = before;
      }
    });
  });

  describe('memory', () => {
    it('is freed where a program is disposed of while it runs', async () => {
      const before = node.memory();
      for (let i = 0; i < 20; i++) {
        const { loss } = network([64, 256, 8]);
        const step = await compile({ loss }, { backend: node, updates: sgd({ learningRate: 0.1 }).minimize(loss) });
        const [first, second] = [step.run(batch(64, [64, 256, 8])), step.run(batch(64, [64, 256, 8]))];
        step.dispose();
        const ends = await Promise.allSettled([first, second]);
        expect(ends[1]).to.include({ status: 'rejected' });
        expect((ends[1] as PromiseRejectedResult).reason).to.be.instanceOf(ProgramStateError);
      }
      expect(node.memory()).to.deep.equal(before);
    });

    it('of programs that are gone is given back while their store goes on', async () => {
      const variables = await openVariables({ backend: 'node' });
      const g = new Graph();
      const v = g.variable('v', [4], 1);
      const sessions = new Set<Session>();
      const { import: importGraph } = Session.prototype;
      Session.prototype.import = function (graph) {
        sessions.add(this);
        return importGraph.call(this, graph);
      };
      try {
        for (let i = 0; i < 150; i++) {
          let y: Sym = v;
          for (let k = 0; k < 30; k++) y = relu(sub(add(y, i + k), k));
          const program = await compile({ y: sum(y) }, { backend: node, variables, updates: [assign(v, add(v, 1))] });
          expect(program.runSync().y.item()).to.equal(4 * (1 + i + 30 * i));
          program.dispose();
        }
      } finally {
        Session.prototype.import = importGraph;
      }
      expect(sessions.size).to.be.within(5, 50);
      expect((await variables.get('v')).array()).to.deep.equal([151, 151, 151, 151]);
      variables.dispose();
    });

    /** How much the process grows by, in MB. */
    async function growth(task: () => Promise<void>): Promise<number> {
      const before = process.memoryUsage().rss;
      await task();
      return (process.memoryUsage().rss - before) / 2 ** 20;
    }

    const STEPS = EFFORT === 'deep' ? 100_000 : 20_000;
    it(`stays as it is over ${STEPS.toLocaleString('en')} steps`, async () => {
      const { loss } = network(SMALL);
      const step = await compile({ loss }, { backend: node, updates: adam().minimize(loss) });
      const feeds = batch(32, SMALL);
      const run = async (steps: number): Promise<void> => {
        for (let i = 0; i < steps; i++) {
          if (i % 10 === 0) await step.run(feeds);
          else step.runSync(feeds);
        }
      };
      await run(5_000);
      const before = node.memory();
      expect(await growth(() => run(STEPS))).to.be.below(16);
      expect(node.memory()).to.deep.equal(before);
      step.dispose();
    });

    it('stays as it is over 100 stores, opened and disposed of', async () => {
      const sizes = [100, 200, 10] as const;
      const open = async (times: number): Promise<void> => {
        for (let i = 0; i < times; i++) {
          const { loss } = network(sizes);
          const step = await compile({ loss }, { backend: node, updates: adam().minimize(loss) });
          await step.run(batch(16, sizes));
          step.dispose();
        }
      };
      await open(100);
      const before = node.memory();
      expect(await growth(() => open(100))).to.be.below(40);
      expect(node.memory()).to.deep.equal(before);
    });
  });

  it('trains while the same process serves a page, which never waits 20 ms for it', async () => {
    const sizes = [784, 512, 10] as const;
    const { loss } = network(sizes);
    const step = await compile({ loss }, { backend: node, updates: adam().minimize(loss) });
    const feeds = batch(256, sizes);
    for (let i = 0; i < 5; i++) await step.run(feeds);
    const server = createServer((_request, response) => response.end('<!doctype html><title>Training</title>'));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const visitor = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
       let going = true;
       parentPort.on('message', () => { going = false; });
       (async () => {
         let pages = 0;
         for (; going; pages++) {
           await (await fetch(workerData)).text();
           await new Promise((later) => setTimeout(later, 2));
         }
         parentPort.postMessage(pages);
       })();`,
      { eval: true, workerData: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    );
    try {
      const stop = watchTurns();
      let steps = 0;
      for (const end = performance.now() + 3000; performance.now() < end; steps++) await step.run(feeds);
      const longest = stop();
      const pages = await new Promise<number>((resolve) => {
        visitor.once('message', resolve);
        visitor.postMessage('stop');
      });
      expect(steps).to.be.above(20);
      expect(pages).to.be.above(20);
      expect(longest, 'ms').to.be.below(20);
    } finally {
      await visitor.terminate();
      await new Promise((closed) => server.close(closed));
      step.dispose();
    }
  }).retries(2); // a collection of this process's garbage may take as long

  it('refuses what only plans have', async () => {
    const program = await compile({ y: tanh(new Graph().placeholder('x', [2])) }, { backend: node });
    expect(() => program.planFor({})).to.throw(ProgramStateError, 'has no plan');
    expect(await failure(() => program.steps({ x: [1, 2] }).next())).to.be.instanceOf(ProgramStateError);
    program.dispose();
  });

  it('is called native, too', async () => {
    const variables = await openVariables({ backend: 'native' });
    expect(variables.backend).to.equal(node);
    variables.dispose();
    expect(await failure(() => openVariables({ backend: 'natives' }))).to.be.instanceOf(BackendError);
  });

  it('tells its version, and what it can do', () => {
    const { version, features } = node.details();
    expect(version).to.match(/^2\.\d+\.\d+/);
    expect(features).to.include('one call for each run');
  });
});
