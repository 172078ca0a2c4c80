// TensorFlow op by op, in one process with whole programs on the same library: held to those, and to cpu.
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'chai';
import fc from 'fast-check';
import { cpu } from '../../backends/cpu/module.ts';
import { ByMode } from '../../backends/node/by-mode.ts';
import { nativeOps, nativePrograms } from '../../backends/node/module.ts';
import { wasm } from '../../backends/wasm/module.ts';
import { BackendError, compile, Graph, gradients, IndexError, map, type Sym } from '../../index.node.ts';
import {
  add,
  floorDiv,
  gather,
  leakyRelu,
  matMul,
  maxPool,
  mean,
  mod,
  prelu,
  reshape,
  sign,
  sparseToDense,
  square,
  sub,
  tanh,
} from '../../ops/index.ts';
import { adam } from '../../plugins/optimizers/index.ts';
import { retrograph } from '../bin/cli.ts';
import { differences, run, runOn, subjectOf, type Values } from '../browser/row.ts';
import { collect } from '../support/collect.ts';
import { EFFORT } from '../support/effort.ts';
import { failure } from '../support/failure.ts';
import { requireNativeOps } from '../support/missing-native.ts';
import { BATCH, buildRandom, feedsOf, instructions, outputsOf } from '../support/random-graphs.ts';
import { SEED } from '../support/seed.ts';
import { sweep } from '../support/swept-rows.ts';
import { expectClose } from '../support/values.ts';

describe('TensorFlow op by op', () => {
  if (!requireNativeOps()) return;

  before(() => Promise.all([cpu.start(), nativePrograms.start(), nativeOps.start()]));

  /** Tensors of TensorFlow, and of tfjs. */
  const held = () => {
    const { numTensors, numDataBuffers } = tf.memory();
    const tensorflow = tf.findBackend('tensorflow') as unknown as { getNumOfTFTensors(): number };
    return { ...nativeOps.memory(), handles: tensorflow.getNumOfTFTensors(), numTensors, numDataBuffers };
  };

  describe('every op', () => {
    for (const { entry, rows, order, title } of sweep(EFFORT, SEED, nativeOps.name)) {
      it(title, async () => {
        for (const row of rows) {
          const sample = entry.samples[row]!;
          const subject = subjectOf(entry, sample, row);
          const { buffers } = nativeOps.memory();
          const actual = await run(subject, order, nativeOps);
          expect(nativeOps.memory().buffers, `buffers after row ${row}`).to.equal(buffers);
          for (const judge of [cpu, nativePrograms]) {
            const expected: Values = await run(subject, order, judge);
            const what = `row ${row} (${sample.note ?? ''}), to ${judge.name}`;
            expect(differences(actual, expected, sample), what).to.deep.equal([]);
          }
        }
      });
    }
  });

  it('gives for random graphs what they give elsewhere, and so do their gradients', async () => {
    const agrees = fc.asyncProperty(instructions(16), fc.constantFrom(1, BATCH), async (list, batch) => {
      const { last, grads } = outputsOf(buildRandom(list));
      const outputs = { ...last, ...grads };
      const actual = await runOn(nativeOps, outputs, feedsOf(batch));
      for (const judge of [cpu, nativePrograms]) {
        const expected = await runOn(judge, outputs, feedsOf(batch));
        // errors grow from op to op
        for (const name of Object.keys(outputs)) expectClose(actual[name]!, expected[name]!, 1e-3);
      }
    });
    await fc.assert(agrees, { numRuns: { quick: 20, full: 80, deep: 200 }[EFFORT] });
  }).timeout(120_000);

  describe('computes what TensorFlow refuses, computes otherwise, or ends the process at', () => {
    const LEAST = -(2 ** 31);
    const INTEGERS = {
      a: Int32Array.of(7, -7, 7, -7, 5, LEAST, LEAST, 0),
      b: Int32Array.of(2, 2, -2, 0, -1, -1, 0, 0),
    };
    const FLOATS = { x: Float32Array.of(Number.NaN, -2, 3, -Infinity, Infinity) };
    type Inputs = Readonly<Record<string, Sym>>;
    type Case = readonly [feeds: Readonly<Record<string, Int32Array | Float32Array>>, build: (given: Inputs) => Sym];
    const cases: Readonly<Record<string, Case>> = {
      'quotients by 0 and beyond int32': [INTEGERS, ({ a, b }) => floorDiv(a!, b!)],
      'remainders of those': [INTEGERS, ({ a, b }) => mod(a!, b!)],
      'the sign of NaN': [FLOATS, ({ x }) => sign(x!)],
      'leaky rectifiers that rise faster on the left': [FLOATS, ({ x }) => leakyRelu(x!, 2)],
      'rectifiers with slopes of their own': [FLOATS, ({ x }) => prelu(x!, [0.5, 0.5, 0.5, 0.5, 0.5])],
      'a Map over one element': [FLOATS, ({ x }) => map(reshape(x!, [1, 5]), (row) => square(row))],
      'the largest of integers': [{ a: INTEGERS.a }, ({ a }) => maxPool(reshape(a!, [2, 4, 1]), [1, 2], 1, 'valid')],
      'values for indices out of order, the last of one place': [
        { a: INTEGERS.a },
        ({ a }) => sparseToDense([[3], [1], [3]], gather(a!, [0, 1, 4]), [5]),
      ],
    };
    for (const [what, [feeds, build]] of Object.entries(cases)) {
      it(what, async () => {
        const g = new Graph();
        const given = Object.entries(feeds).map(([name, { length }]) => [
          name,
          g.placeholder(name, [length], feeds === FLOATS ? 'float32' : 'int32'),
        ]);
        const y = build(Object.fromEntries(given) as Inputs);
        const [actual, expected] = [await runOn(nativeOps, { y }, feeds), await runOn(cpu, { y }, feeds)];
        expect(Array.from(actual.y!)).to.deep.equal(Array.from(expected.y!));
      });
    }

    it('an index out of range, by a typed error', async () => {
      const g = new Graph();
      const program = await compile(
        { y: gather(g.placeholder('x', [3]), g.placeholder('i', [1], 'int32')) },
        { backend: nativeOps },
      );
      const before = held();
      expect(await failure(() => program.run({ x: [1, 2, 3], i: [9] }))).to.be.instanceOf(IndexError);
      expect(held()).to.deep.equal(before);
      program.dispose();
    });
  });

  describe('as a backend of tfjs', () => {
    const model = (g = new Graph()) => {
      const w = g.variable('w', [3, 2], 0.1);
      return mean(square(sub(tanh(matMul(g.placeholder('x', ['$n', 3]), w)), g.placeholder('y', ['$n', 2]))));
    };
    const batch = {
      x: [
        [1, 0, 2],
        [0, 1, -1],
      ],
      y: [
        [1, 0],
        [0, 1],
      ],
    };

    it('leaks nothing in 1,000 training steps', async () => {
      const loss = model();
      const before = held();
      const step = await compile({ loss }, { backend: nativeOps, updates: adam().minimize(loss) });
      const first = (await step.run(batch)).loss.item();
      const warm = held();
      for (let i = 0; i < 1000; i++) await step.run(batch);
      expect(held()).to.deep.equal(warm);
      expect((await step.run(batch)).loss.item()).to.be.below(first / 2);
      step.dispose();
      expect(held()).to.deep.equal(before);
    }).timeout(60_000);

    it('learns what whole programs learn', async () => {
      const losses: number[][] = [];
      for (const backend of [nativeOps, nativePrograms]) {
        const loss = model();
        const step = await compile({ loss }, { backend, updates: adam().minimize(loss) });
        const own: number[] = [];
        for (let i = 0; i < 20; i++) own.push((await step.run(batch)).loss.item());
        losses.push(own);
        step.dispose();
      }
      expectClose(losses[0]!, losses[1]!, 1e-5);
    });

    it('has plans, and runs that are stepped through', async () => {
      const g = new Graph();
      const loss = model(g);
      const program = await compile({ loss, ...gradients(loss, { w: g.find('w') }) }, { backend: nativeOps });
      await program.run(batch); // constants become TensorFlow's at their first use
      const before = held();
      const steps = await collect(program.steps(batch));
      expect(steps.length).to.equal(program.planFor({ n: 2 }).steps.length);
      expect(held()).to.deep.equal(before);
      program.dispose();
    });

    it('gives tensors that are of their own shape, though they share memory, and takes them', async () => {
      const before = held();
      const g = new Graph();
      const x = g.placeholder('x', [2, 3]);
      const y = tanh(x);
      const program = await compile({ y, flat: reshape(y, [6]), tall: reshape(y, [3, 2]) }, { backend: nativeOps });
      const out = await program.run<tf.Tensor>(
        {
          x: [
            [0, 1, 2],
            [3, 4, 5],
          ],
        },
        { as: 'tensor' },
      );
      await keepingBackend('tensorflow', () => {
        const product = tf.matMul(out.tall as tf.Tensor2D, out.y as tf.Tensor2D);
        expect(product.shape).to.deep.equal([3, 3]);
        expect(tf.add(out.flat, 1).shape).to.deep.equal([6]);
        return undefined;
      });
      const again = await program.run({ x: out.y });
      expectClose(again.flat.data, Array.from(out.y.dataSync(), Math.tanh));
      tf.dispose([out.y, out.flat, out.tall]);
      program.dispose();
      expect(held()).to.deep.equal(before);
    });

    it('gives a view whose value nobody else has', async () => {
      const before = held();
      const y = reshape(tanh(new Graph().placeholder('x', [2, 3])), [6]);
      const program = await compile({ y }, { backend: nativeOps });
      const out = await program.run<tf.Tensor>({ x: new Float32Array(6) }, { as: 'tensor' });
      expect(out.y.shape).to.deep.equal([6]);
      out.y.dispose();
      program.dispose();
      expect(held()).to.deep.equal(before);
    });

    it('can run within a tidy and a gradient of tfjs, and leaves its current backend alone', async () => {
      const g = new Graph();
      const program = await compile({ y: sign(add(g.placeholder('x', [2]), 1)) }, { backend: nativeOps });
      await cpu.start();
      await keepingBackend('cpu', () => {
        const slope = tf.grad((x) => {
          expect([...program.runSync({ x: [1, -3] }).y.data]).to.deep.equal([1, -1]);
          expect(tf.getBackend()).to.equal('cpu');
          expect((tf.engine().state as unknown as { activeTape: object[] }).activeTape).to.deep.equal([]);
          return tf.square(x);
        })(tf.scalar(3));
        expect(slope.dataSync()[0]).to.equal(6);
        return undefined;
      });
      program.dispose();
    });
  });

  it('is what the command line runs if asked to', async () => {
    const { stdout, code } = await retrograph(['backends', '--backend', 'node', '--native-mode', 'ops', '--json']);
    const { backends } = JSON.parse(stdout) as { backends: { name: string; features: string[]; matMul: object }[] };
    expect(code).to.equal(0);
    expect(backends.map(({ name, features }) => [name, features])).to.deep.equal([['node', ['op by op']]]);
    expect(backends[0]!.matMul).to.be.an('object');
  });
});

/** Does something in a tidy with that backend as tfjs's current one. */
async function keepingBackend(name: string, act: () => undefined): Promise<void> {
  const before = tf.getBackend();
  await tf.setBackend(name);
  try {
    tf.tidy(act);
  } finally {
    if (before) await tf.setBackend(before);
  }
}

describe('the mode of TensorFlow', () => {
  const kinds = { program: cpu, ops: wasm };
  let before: string | undefined;
  beforeEach(() => {
    before = process.env.RETROGRAPH_NATIVE_MODE;
  });
  afterEach(() => {
    if (before === undefined) delete process.env.RETROGRAPH_NATIVE_MODE;
    else process.env.RETROGRAPH_NATIVE_MODE = before;
  });

  it('is that of RETROGRAPH_NATIVE_MODE until the first start', async () => {
    process.env.RETROGRAPH_NATIVE_MODE = '';
    const backend = new ByMode('node', kinds);
    expect([backend.mode, backend.target]).to.deep.equal(['program', cpu.target]);
    process.env.RETROGRAPH_NATIVE_MODE = 'ops';
    expect(await backend.availability()).to.deep.equal(await wasm.availability());
    await backend.start();
    process.env.RETROGRAPH_NATIVE_MODE = 'program';
    expect([backend.mode, backend.target]).to.deep.equal(['ops', wasm.target]);
    expect(backend.ready).to.equal(true);
  });

  it('cannot be another one', async () => {
    process.env.RETROGRAPH_NATIVE_MODE = 'eager';
    const backend = new ByMode('node', kinds);
    const reason = "RETROGRAPH_NATIVE_MODE is 'eager', and not one of program, ops";
    expect(await backend.availability()).to.deep.equal({ available: false, reason });
    const error = await failure(() => backend.start());
    expect(error).to.be.instanceOf(BackendError);
    expect(error.message).to.equal(reason);
  });
});
