import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { NullBackend } from '../../backends/null/module.ts';
import { resolveBackend } from '../../backends/resolve.ts';
import { wasm } from '../../backends/wasm/module.ts';
import { type Backend, BackendError, backend, compile, evaluate, Graph } from '../../index.node.ts';
import { matMul, tanh } from '../../ops/index.ts';
import { failure } from '../support/failure.ts';

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
    for (const name of ['nope', 'webgl']) {
      const error = await failure(() => backend(name));
      expect(error).to.be.instanceOf(BackendError);
      expect(error.message)
        .to.contain(name)
        .and.contain('available: wasm, cpu')
        .and.contain('webgl (it needs a browser)');
    }
  });

  it('that fail to start say why', async () => {
    const broken: Backend = Object.assign(Object.create(new NullBackend()), {
      name: 'broken',
      start: async () => {
        throw new BackendError('no device');
      },
    });
    expect((await failure(() => resolveBackend(broken, []))).message).to.equal('no device');
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
