import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { cpu } from '../../backends/cpu/module.ts';
import { FirstAvailable } from '../../backends/first-available.ts';
import { NullBackend } from '../../backends/null/module.ts';
import { chooseAmong, resolveBackend } from '../../backends/resolve.ts';
import { wasm } from '../../backends/wasm/module.ts';
import {
  type Backend,
  BackendError,
  backend,
  chooseBackend,
  compile,
  evaluate,
  Graph,
  LimitError,
  Variables,
} from '../../index.node.ts';
import { add, matMul, mul, tanh } from '../../ops/index.ts';
import { failure } from '../support/failure.ts';
import { lineHere } from '../support/values.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function inProcess(code: string, env: Record<string, string> = {}): Promise<string> {
  const args = ['--import=./scripts/source.mjs', '--input-type=module', '-e', code];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env: { ...process.env, ...env } });
  return stdout.trim();
}

describe('backends', () => {
  it('are found by name; wasm is the default', async () => {
    expect((await backend('cpu')).name).to.equal('cpu');
    expect((await backend(wasm)).name).to.equal('wasm');
  });

  it('are chosen by RETROGRAPH_BACKEND', async () => {
    const code = "const { backend } = await import('./index.node.ts'); console.log((await backend()).name);";
    expect(await inProcess(code, { RETROGRAPH_BACKEND: 'cpu' })).to.equal('cpu');
    expect(await inProcess(code, { RETROGRAPH_BACKEND: '' })).to.equal('wasm');
  });

  it('that are unknown or unavailable are an error that lists the others, and why they are not there', async () => {
    const away = Object.assign(Object.create(new NullBackend()), {
      name: 'away',
      availability: async () => ({ available: false, reason: 'it is out', remedy: 'wait' }),
    }) as Backend;
    for (const name of ['nope', 'away']) {
      const error = await failure(() => resolveBackend(name, () => [wasm, cpu, away]));
      expect(error).to.be.instanceOf(BackendError);
      expect(error.message).to.contain(name).and.contain('available: wasm, cpu').and.contain('away (it is out)');
    }
    expect(await failure(() => backend('nope'))).to.be.instanceOf(BackendError);
  });

  it("'auto' is the first that starts, and says why it is not another", async () => {
    const make = (name: string, changes: object): Backend =>
      Object.assign(Object.create(new NullBackend()), { name, ...changes }) as Backend;
    const missing = make('missing', { availability: async () => ({ available: false, reason: 'there is none' }) });
    const software = make('software', {
      availability: async () => ({ available: true, detail: 'SwiftShader', software: true }),
    });
    const failing = make('failing', {
      start: async () => {
        throw new BackendError('no device');
      },
    });
    const all = [missing, software, failing, wasm];
    const choose = (...names: string[]) => chooseAmong(names, (name) => all.find((b) => b.name === name));
    expect(await choose('wasm', 'missing')).to.deep.equal({ backend: wasm, why: 'wasm (WebAssembly)' });
    const { backend: chosen, why } = await choose('other', 'missing', 'software', 'failing', 'wasm');
    expect(chosen).to.equal(wasm);
    expect(why).to.equal(
      'wasm (WebAssembly), since missing is not available: there is none; software would run on the processor (SwiftShader), where wasm is faster; failing did not start: no device',
    );
    expect((await failure(() => choose('missing'))).message).to.contain('no backend runs here: missing');
    // by its name it is to be had all the same
    expect(await resolveBackend('software', () => all)).to.equal(software);
    const here = await chooseBackend();
    expect(['node', 'webgpu', 'wasm']).to.include(here.backend.name);
    expect((await backend('auto')).name).to.equal(here.backend.name);
  });

  it('of one name are tried in turn', async () => {
    const away = Object.assign(Object.create(new NullBackend()), {
      availability: async () => ({ available: false, reason: 'it is away', remedy: 'call it' }),
      start: async () => {
        throw new BackendError('it is away');
      },
    }) as Backend;
    const here = new NullBackend();
    const first = new FirstAvailable(away, here);
    expect(await first.availability()).to.deep.equal({ available: true, detail: 'computes nothing' });
    expect(first.ready).to.equal(false);
    expect(() => first.target).to.throw(BackendError, 'has not started');
    const program = await compile({ y: tanh(new Graph().placeholder('x', [2])) }, { backend: first });
    await program.run({ x: [1, 2] });
    expect(here.calls.map((c) => c.kernel)).to.deep.equal(['Tanh']);
    program.dispose();
    const failing = Object.assign(Object.create(new NullBackend()), {
      start: async () => {
        throw new BackendError('no device');
      },
    }) as Backend;
    const second = new FirstAvailable(failing, here);
    await second.start();
    expect(second.target).to.equal(here.target);
    expect((await failure(() => new FirstAvailable(failing, failing).start())).message).to.equal('no device');
    const none = new FirstAvailable(away, away);
    expect(await none.availability()).to.deep.equal({
      available: false,
      reason: 'it is away; it is away',
      remedy: 'call it, or call it',
    });
  });

  it('refuse what does not fit on their device before anything runs, by its name', async () => {
    const small = new NullBackend({ limits: { maxElements: 100, cause: 'a small device' } });
    const g = new Graph();
    const x = g.placeholder('x', ['$n', 2]);
    const square = g.name('square', matMul(x, x, false, true));
    const line = lineHere().replace(/\d+$/, (n) => `${Number(n) - 1}`);
    const program = await compile({ y: tanh(square) }, { backend: small });
    await program.run({ x: new Float32Array(20) });
    small.calls.length = 0;
    const error = await failure(() => program.run({ x: new Float32Array(22) }));
    expect(error).to.be.instanceOf(LimitError);
    expect(error.message)
      .to.contain("'square' does not fit on the device: it has 121 elements")
      .and.contain('100 at most (a small device)')
      .and.contain(line);
    expect((await failure(() => program.run({ x: new Float32Array(102) }))).message).to.contain("the feed 'x'");
    expect(small.calls).to.deep.equal([]);
    program.dispose();
    const wide = new Graph().variable('wide', [101], 0);
    expect((await failure(() => compile({ y: tanh(wide) }, { backend: small }))).message).to.contain(
      "the variable 'wide' does not fit",
    );
    expect(small.memory().buffers).to.equal(0);
  });

  it('with numbers of 16 bits refuse values that those cannot hold', async () => {
    const half = new NullBackend({ limits: { halfPrecision: true } });
    const g = new Graph();
    const [x, k] = [g.placeholder('x', ['$n']), g.placeholder('k', [], 'int32')];
    const program = await compile({ y: tanh(x), k: add(k, k) }, { backend: half });
    await program.run({ x: [65504, -1, Infinity], k: 2048 });
    const error = await failure(() => program.run({ x: [1, 70000], k: 1 }));
    expect(error).to.be.instanceOf(LimitError);
    expect(error.message).to.contain("the feed 'x'").and.contain('element 1 is 70000').and.contain('16 bits');
    expect((await failure(() => program.run({ x: [1], k: 2049 }))).message).to.contain("the feed 'k'");
    expect(await failure(() => new Variables({ backend: half }).set('v', 1e9))).to.be.instanceOf(LimitError);
    const constant = await failure(() =>
      compile({ y: mul(new Graph().placeholder('z', [2]), 1e6) }, { backend: half }),
    );
    expect(constant).to.be.instanceOf(LimitError);
    expect(constant.message).to.contain('a constant');
    program.dispose();
  });

  it('that fail to start say why', async () => {
    const broken: Backend = Object.assign(Object.create(new NullBackend()), {
      name: 'broken',
      start: async () => {
        throw new BackendError('no device');
      },
    });
    expect((await failure(() => resolveBackend(broken))).message).to.equal('no device');
  });

  it('live side by side', async () => {
    const build = () => {
      const g = new Graph();
      return tanh(
        matMul(g.placeholder('a', [2, 2]), [
          [1, 2],
          [3, 4],
        ]),
      );
    };
    const a = [
      [0.1, 0.2],
      [0.3, 0.4],
    ];
    const results = await Promise.all(
      ['cpu', 'wasm', 'cpu'].map((name) => evaluate(build(), { a }, { backend: name })),
    );
    for (const { data } of results) {
      for (const [i, v] of data.entries()) expect(v).to.be.closeTo(results[0]!.data[i]!, 1e-6);
    }
  });

  it('leave the process as it was: an error of its own prints as such', async () => {
    const code = `
      const { backend } = await import('./index.node.ts');
      const count = () => process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection');
      const before = count();
      await backend('wasm');
      console.log(count() - before);`;
    expect(await inProcess(code)).to.equal('0');
  });

  it('that compute nothing record what they are asked to do', async () => {
    const nothing = new NullBackend();
    const program = await compile({ y: tanh(new Graph().placeholder('x', [2])) }, { backend: nothing });
    await program.run({ x: [1, 2] });
    expect(nothing.calls.map((c) => c.kernel)).to.deep.equal(['Tanh']);
    program.dispose();
    expect(nothing.memory().buffers).to.equal(0);
  });
});
