/** Programs that do not fit: a typed error before anything runs, and what others have stays as it is. */
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'chai';
import { cpu } from '../../backends/cpu/module.ts';
import { requireWithin } from '../../backends/limits.ts';
import { node } from '../../backends/node/module.ts';
import { wasm } from '../../backends/wasm/module.ts';
import type { Plan } from '../../engine/index.ts';
import { compile, DeviceLostError, Graph, LimitError, map, type Sym } from '../../index.node.ts';
import { add, expandDims, fill, mul, square, sub, sum, tanh } from '../../ops/index.ts';
import { failure } from '../support/failure.ts';
import { requireNative } from '../support/missing-native.ts';
import { lineHere } from '../support/values.ts';

const EMPTY_PLAN: Plan = {
  slots: [],
  feeds: [],
  variables: [],
  constants: [],
  random: [],
  steps: [],
  outputs: [],
  updates: [],
  peakBytes: 0,
};

/** A program of somebody else's, on the same device. */
async function other() {
  const g = new Graph();
  const w = g.variable('w', [4], [1, 2, 3, 4]);
  const program = await compile({ y: square(w) }, { backend: wasm });
  return {
    expectUntouched: async () => {
      expect((await program.variables.get('w')).array()).to.deep.equal([1, 2, 3, 4]);
      expect((await program.run()).y.array()).to.deep.equal([1, 4, 9, 16]);
    },
    dispose: () => program.dispose(),
  };
}

describe('memory of WebAssembly', () => {
  /** Values that are too large for it, or too large together. */
  const CASES: Readonly<Record<string, (x: Sym) => Sym>> = {
    'a value of 4 GiB': (x) => sum(mul(x, tanh(fill([2 ** 30], 1)))),
    'a value of 16 GiB, whose size wraps around': (x) => sum(tanh(mul(x, fill([65536, 65536], 1)))),
    'a value of more elements than 2^53': (x) => sum(tanh(mul(x, fill([2 ** 32, 2 ** 32], 1)))),
    'three values that are alive at once': (x) => {
      const far = tanh(mul(x, fill([30_000, 1], 1)));
      const differences = sub(expandDims(tanh(far), 1), expandDims(far, 0));
      return sum(add(tanh(sum(differences, 2)), square(sum(differences, 2))));
    },
  };
  for (const [what, build] of Object.entries(CASES))
    it(`refuses ${what}, and others do not notice`, async () => {
      const beside = await other();
      const before = wasm.memory().buffers;
      const g = new Graph();
      const x = g.placeholder('x', [1]);
      const y = build(x);
      const error = await failure(async () => {
        const program = await compile({ y }, { backend: wasm });
        try {
          await program.run({ x: [2] });
        } finally {
          program.dispose();
        }
      });
      expect(error, String(error)).to.be.instanceOf(LimitError);
      expect(error.message).to.match(/WebAssembly addresses 4 GiB/);
      expect((error as LimitError).site, error.message).to.match(/memory\.test\.ts/);
      expect(wasm.memory().buffers).to.equal(before);
      await beside.expectUntouched();
      beside.dispose();
    });

  it('refuses a value within the body of a map by its name and line, before anything runs', async () => {
    let line = '';
    const build = (size: number) => {
      const g = new Graph();
      return map(g.placeholder('x', [1, 1]), (x) => {
        const [huge, here] = [g.name('huge', mul(x, fill([size], 1))), lineHere()];
        line = here;
        return sum(huge);
      });
    };
    for (const size of [2 ** 30, 2 ** 40]) {
      const error = await failure(async () => {
        const program = await compile({ y: build(size) }, { backend: wasm });
        await program.run({ x: [[2]] }).finally(() => program.dispose());
      });
      expect(error, String(error)).to.be.instanceOf(LimitError);
      expect(error.message).to.contain("'huge'").and.contain(line);
    }
  });

  it('that has run out is an error, and what is there stays as it is', async () => {
    const beside = await other();
    const instance = tf.findBackend('wasm');
    const held: object[] = [];
    // nothing is written, so that no page of it is touched
    const error = await failure(async () => {
      for (let i = 0; i < 8; i++) held.push(instance.write(null as never, [2 ** 28], 'float32'));
    });
    expect(error, String(error)).to.be.instanceOf(LimitError);
    expect(error.message).to.match(/^1,073,741,824 bytes more do not fit/);
    await beside.expectUntouched();
    for (const dataId of held) instance.disposeData(dataId);
    await beside.expectUntouched();
    beside.dispose();
  });

  it('that a kernel has left by a trap is lost, and a new start has new memory', async () => {
    const x = new Graph().placeholder('x', [2]);
    const y = tanh(x);
    const program = await compile({ y }, { backend: wasm });
    const kernels = tf.findBackend('wasm') as unknown as { dataIdMap: { get(id: object): { id: number } } };
    // stands for a kernel that traps: tfjs's look up their operands first
    const { get } = kernels.dataIdMap;
    kernels.dataIdMap.get = () => {
      throw new WebAssembly.RuntimeError('memory access out of bounds');
    };
    const error = await failure(() => program.run({ x: [1, 2] })).finally(() => {
      kernels.dataIdMap.get = get;
    });
    expect(error, String(error)).to.be.instanceOf(DeviceLostError);
    expect(error.message).to.match(/failed in WebAssembly: memory access out of bounds/);
    expect(await failure(() => program.run({ x: [1, 2] }))).to.be.instanceOf(DeviceLostError);
    program.dispose();
    const again = await compile({ y }, { backend: wasm });
    expect((await again.run({ x: [0, 0] })).y.array()).to.deep.equal([0, 0]);
    again.dispose();
  });
});

describe('memory that feeds alone take', () => {
  it('is looked at too, where a program makes nothing', () => {
    const feeds = [0, 1].map((slot) => ({ slot, name: `x${slot}`, shape: [4], dtype: 'float32' as const }));
    const plan = { ...EMPTY_PLAN, feeds, peakBytes: 32 };
    expect(() => requireWithin(plan, { maxElements: 4, maxBytes: 31, cause: 'it is small' })).to.throw(
      LimitError,
      'it has 32 bytes at once, and the device holds 31 at most (it is small)',
    );
    requireWithin(plan, { maxElements: 4, maxBytes: 32, cause: 'it is small' });
  });
});

describe('memory of TensorFlow', () => {
  if (!requireNative()) return;
  const CASES: Readonly<Record<string, (x: Sym) => Sym>> = {
    'a value of 2^31 elements': (x) => sum(mul(x, fill([2 ** 31], 1))),
    'a value of 2^64 elements': (x) => sum(mul(x, fill([2 ** 32, 2 ** 32], 1))),
  };
  for (const [what, build] of Object.entries(CASES))
    it(`refuses ${what}`, async () => {
      const error = await failure(() => compile({ y: build(new Graph().placeholder('x', [1])) }, { backend: node }));
      expect(error, String(error)).to.be.instanceOf(LimitError);
      expect((error as LimitError).site).to.match(/memory\.test\.ts/);
    });

  it('refuses a size once it is known', async () => {
    const x = new Graph().placeholder('x', ['$n', 1]);
    const program = await compile({ y: sum(add(x, fill([1, 2 ** 30], 1))) }, { backend: node });
    expect(await failure(() => program.run({ x: [[1], [2]] }))).to.be.instanceOf(LimitError);
    program.dispose();
  });
});

describe('memory of arrays', () => {
  it('that is too small for a value is a LimitError that names it', async () => {
    const g = new Graph();
    const y = sum(tanh(mul(g.placeholder('x', ['$n', 1]), fill([1, 2 ** 34], 1))));
    const program = await compile({ y }, { backend: cpu });
    const error = await failure(() => program.run({ x: [[2]] }));
    expect(error, String(error)).to.be.instanceOf(LimitError);
    expect((error as LimitError).site).to.match(/memory\.test\.ts/);
    program.dispose();
  });

  it('that is too small for a variable is a LimitError that names it', async () => {
    for (const backend of [cpu, wasm]) {
      const v = new Graph().variable('big', [2 ** 34], 0);
      const error = await failure(() => compile({ y: sum(v) }, { backend }));
      expect(error, String(error)).to.be.instanceOf(LimitError);
      expect(error.message, backend.name).to.contain("'big'");
    }
  });
});
