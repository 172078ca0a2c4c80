// Nothing is left: no buffer of the backend, no growth of the wasm heap.
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'chai';
import { cpu } from '../../backends/cpu/module.ts';
import { wasm } from '../../backends/wasm/module.ts';
import { Executor } from '../../engine/index.ts';
import {
  compile,
  Graph,
  jacobian,
  map,
  type Plan,
  RetrographError,
  type Sym,
  backend as start,
  UnsupportedOpError,
} from '../../index.node.ts';
import { add, gather, matMul, mean, square, sub, sum, tanh } from '../../ops/index.ts';
import { adam } from '../../plugins/optimizers/index.ts';
import { collect } from '../support/collect.ts';
import { NAMED, ofPlanned } from '../support/here.ts';

function model(): { readonly loss: Sym } {
  const g = new Graph();
  const x = g.placeholder('x', ['$batch', 3]);
  const w = g.variable('w', [3, 2], 0.1);
  const loss = mean(square(sub(tanh(matMul(x, w)), g.placeholder('y', ['$batch', 2]))));
  return { loss };
}

const batch = (n: number) => ({
  x: Array.from({ length: n }, (_, i) => [i, 1, -i]),
  y: Array.from({ length: n }, () => [0, 1]),
});

for (const name of NAMED) {
  describe(`on ${name} nothing is left`, () => {
    /** Runs `task` once to warm up, then again: what it holds must be what it held before. */
    async function unchanged(task: () => Promise<void>): Promise<void> {
      const backend = await start(name);
      await task();
      const before = backend.memory();
      await task();
      expect(backend.memory()).to.deep.equal(before);
    }

    it('after 1,000 training steps', async () => {
      const { loss } = model();
      const step = await compile({ loss }, { backend: name, updates: adam().minimize(loss) });
      await unchanged(async () => {
        for (let i = 0; i < 1000; i++) await step.run(batch(4));
      });
      step.dispose();
    });

    it('of a program and its store, once disposed', async () => {
      const b = await start(name);
      const before = b.memory().buffers;
      const { loss } = model();
      const step = await compile({ loss }, { backend: name, updates: adam().minimize(loss) });
      await step.run(batch(4));
      expect(b.memory().buffers).to.be.above(before);
      step.dispose();
      expect(b.memory().buffers).to.equal(before);
    });

    it('after 100 times compile and dispose', () =>
      unchanged(async () => {
        for (let i = 0; i < 50; i++) {
          const { loss } = model();
          const step = await compile({ loss }, { backend: name, updates: adam().minimize(loss) });
          await step.run(batch(2));
          step.dispose();
        }
      }));

    it('after runs that fail', async () => {
      const g = new Graph();
      const x = g.placeholder('x', [4]);
      const y = sum(gather(tanh(square(x)), g.placeholder('i', [1], 'int32')));
      const program = await compile({ y }, { backend: name });
      await unchanged(async () => {
        for (let i = 0; i < 20; i++) {
          let failed = false;
          await program.run({ x: [1, 2, 3, 4], i: [99] }).catch(() => {
            failed = true;
          });
          expect(failed).to.equal(true);
        }
      });
      program.dispose();
    });

    it('after runs that are refused or cancelled', async () => {
      const { loss } = model();
      const step = await compile({ loss }, { backend: name, updates: adam().minimize(loss) });
      await unchanged(async () => {
        const cancelled = AbortSignal.abort();
        for (let i = 0; i < 20; i++) {
          const runs = [step.run({}), step.run(batch(2), { signal: cancelled })];
          expect((await Promise.allSettled(runs)).map((r) => r.status)).to.deep.equal(['rejected', 'rejected']);
        }
      });
      step.dispose();
    });

    it("after results as tensors, which are the caller's", async () => {
      const { loss } = model();
      const program = await compile({ loss }, { backend: name });
      await unchanged(async () => {
        for (let i = 0; i < 100; i++) {
          const out = await program.run(batch(2), { as: 'tensor' });
          (out.loss as unknown as tf.Tensor).dispose();
        }
      });
      program.dispose();
    });

    it('after Maps, and after more plans than are kept', async () => {
      const g = new Graph();
      const x = g.placeholder('x', ['$n', 2]);
      const y = sum(
        tanh(
          matMul(x, [
            [1, 2],
            [3, 4],
          ]),
        ),
        1,
      );
      const program = await compile({ j: jacobian(y, x) }, { backend: name });
      await unchanged(async () => {
        for (let n = 1; n <= 12; n++) await program.run({ x: Array.from({ length: n }, () => [1, -1]) });
      });
      program.dispose();
    });

    it('after Maps that fail in the middle', async () => {
      const g = new Graph();
      const x = g.placeholder('x', [4]);
      const picked = map(g.placeholder('i', [3, 1], 'int32'), (i) => sum(gather(x, i)));
      const program = await compile({ picked }, { backend: name });
      await unchanged(async () => {
        const error = await program.run({ x: [1, 2, 3, 4], i: [[0], [99], [1]] }).catch((e: unknown) => e);
        expect(error).to.be.instanceOf(RetrographError);
      });
      program.dispose();
    });

    ofPlanned(name)('after a plan that cannot be loaded', async () => {
      const y = map(new Graph().placeholder('x', [2, 2]), (row) => add(row, [1, 2]));
      const program = await compile({ y }, { backend: name });
      const { steps, ...rest } = program.plan;
      const nope = {
        kind: 'kernel',
        kernel: 'Nope',
        label: 'nope',
        names: [],
        inputs: [],
        outputs: [],
        attrs: {},
        free: [],
      };
      const broken = {
        ...rest,
        steps: [...steps, nope],
      } as Plan;
      await unchanged(async () => {
        expect(() => new Executor(broken, { cpu, wasm }[name]!.device)).to.throw(UnsupportedOpError, 'Nope');
      });
      program.dispose();
    });

    ofPlanned(name)('after a run stepped through, to its end or not', async () => {
      const { loss } = model();
      const step = await compile({ loss }, { backend: name, updates: adam().minimize(loss) });
      await unchanged(async () => {
        for await (const _ of step.steps(batch(2))) break;
        expect((await collect(step.steps(batch(2)))).length).to.be.above(5);
      });
      step.dispose();
    });
  });
}

describe('two backends in turn', () => {
  it('leave nothing on either', async () => {
    const both = await Promise.all(NAMED.map((name) => start(name)));
    const counts = () => both.map((b) => b.memory().buffers);
    const before = counts();
    const programs = await Promise.all(both.map((backend) => compile({ loss: model().loss }, { backend })));
    for (let i = 0; i < 50; i++) {
      const [a, b] = [await programs[0]!.run(batch(3)), await programs[1]!.run(batch(3))];
      expect(a.loss.item()).to.be.closeTo(b.loss.item(), 1e-5);
    }
    for (const program of programs) program.dispose();
    expect(counts()).to.deep.equal(before);
  });

  it('leave tfjs its own tensors and its current backend', async () => {
    const before = tf.engine().backendName;
    const { loss } = model();
    const program = await compile({ loss }, { backend: 'cpu' });
    await program.run(batch(1));
    program.dispose();
    expect(tf.engine().backendName).to.equal(before);
  });
});
