import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { assign, compile, Graph, openVariables, VariableError } from '../../index.node.ts';
import { add, sum } from '../../ops/index.ts';
import { glorotUniform } from '../../plugins/initializers/index.ts';
import { failure } from '../support/failure.ts';
import { NAMED } from '../support/here.ts';
import { train, trainer } from '../support/train-on.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function inNewProcess(backend: string, steps: number, file: string): Promise<number[]> {
  const args = ['--import=./scripts/source.mjs', 'test/support/train-on.ts', backend, `${steps}`, file];
  const script = join(root, args[1]!);
  const { stdout } = await promisify(execFile)(process.execPath, [args[0]!, script, ...args.slice(2)], { cwd: root });
  return JSON.parse(stdout);
}

describe('variables', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'retrograph-'));
  });
  after(() => rm(folder, { recursive: true }));

  for (const backend of NAMED) {
    it(`saved in the middle of training and loaded into a new process, the losses go on bit-equal on ${backend}`, async () => {
      const file = join(folder, `${backend}.safetensors`);
      const step = await trainer(backend);
      await train(step, 5);
      await step.variables.save(file);
      const rest = await train(step, 5);
      step.dispose();
      expect(await inNewProcess(backend, 5, file)).to.deep.equal(rest);
    });
  }

  it('are shared by programs, and die with the last of them', async () => {
    const g = new Graph();
    const w = g.variable('w', [2], [1, 2]);
    const first = await compile({ w }, { backend: 'cpu' });
    const second = await compile({ s: sum(w) }, { variables: first.variables });
    first.dispose();
    expect((await second.run()).s.item()).to.equal(3);
    second.dispose();
    expect(await failure(() => first.variables.get('w'))).to.be.instanceOf(VariableError);
  });

  it('made ahead outlive programs', async () => {
    const variables = await openVariables({ backend: 'cpu', seed: 5 });
    const g = new Graph();
    const w = g.variable('w', [2, 2], glorotUniform());
    (await compile({ w }, { variables })).dispose();
    const value = (await variables.get('w')).array();
    const again = await compile({ w }, { variables });
    expect((await again.run()).w.array()).to.deep.equal(value);
    again.dispose();
    variables.dispose();
  });

  it('start from the seed of the store and their names, alike on every backend', async () => {
    const start = async (backend: string, seed: number, name: string) => {
      const w = new Graph().variable(name, [3, 3], glorotUniform());
      const program = await compile({ w }, { backend, seed });
      const value = (await program.run()).w.array();
      program.dispose();
      return value;
    };
    const value = await start('cpu', 1, 'w');
    expect(await start('wasm', 1, 'w')).to.deep.equal(value);
    expect(await start('cpu', 2, 'w')).to.not.deep.equal(value);
    expect(await start('cpu', 1, 'v')).to.not.deep.equal(value);
  });

  it('are set to a copy, and never in part', async () => {
    const program = await compile({ w: new Graph().variable('w', [2]) }, { backend: 'cpu' });
    const value = { data: Float32Array.of(1, 2), shape: [2], dtype: 'float32' } as const;
    const set = program.variables.set('w', value);
    value.data.fill(9);
    await set;
    expect((await program.variables.get('w')).array()).to.deep.equal([1, 2]);
    const short = { ...value, data: Float32Array.of(1) };
    expect((await failure(() => program.variables.set('w', short))).message).to.contain('1 elements do not fill [2]');
    program.dispose();
  });

  it('refuse another type, in the graph and when set', async () => {
    const first = await compile({ w: new Graph().variable('w', [2]) }, { backend: 'cpu' });
    const other = new Graph().variable('w', [3]);
    const clash = await failure(() => compile({ w: other }, { variables: first.variables }));
    expect(clash).to.be.instanceOf(VariableError);
    expect(clash.message).to.contain('[3]').and.contain('[2]');
    expect(await failure(() => first.variables.set('w', [1, 2, 3]))).to.be.instanceOf(VariableError);
    await first.variables.set('w', Float32Array.of(4, 5));
    expect((await first.run()).w.array()).to.deep.equal([4, 5]);
    expect((await failure(() => first.variables.get('nope'))).message).to.contain("'nope'");
    first.dispose();
  });

  it('are copied by a snapshot, and taken over from one, all or none', async () => {
    const g = new Graph();
    const [a, b] = [g.variable('a', [2], [1, 2]), g.variable('b', [], 3)];
    const program = await compile({ total: add(sum(a), b) }, { backend: 'cpu', seed: 8 });
    const { variables } = program;
    const { tensors, seed, runs } = await variables.snapshot();
    expect({ seed, runs }).to.deep.equal({ seed: 8, runs: 0 });
    expect([...tensors.keys()]).to.deep.equal(['a', 'b']);
    tensors.get('a')!.data[0] = 50; // its own by now
    expect((await program.run()).total.item()).to.equal(6);

    const misfit = new Map([...tensors, ['b', { data: Float32Array.of(1, 2), shape: [2], dtype: 'float32' as const }]]);
    expect((await failure(() => variables.restore({ tensors: misfit }))).message).to.contain("'b' is float32[]");
    const faulty = new Map([...tensors, ['b', { data: Int32Array.of(1), shape: [], dtype: 'float32' as const }]]);
    expect(await failure(() => variables.restore({ tensors: faulty }))).to.be.instanceOf(VariableError);
    expect((await program.run()).total.item()).to.equal(6);

    await variables.restore({ tensors, runs: 4 });
    tensors.get('a')!.data[0] = 60;
    expect((await program.run()).total.item()).to.equal(55);
    const after = await variables.snapshot();
    expect([after.seed, after.runs]).to.deep.equal([8, 4]);
    program.dispose();
  });

  describe('in files', () => {
    const two = async () => {
      const g = new Graph();
      const [a, b] = [g.variable('a', [2], [1, 2]), g.variable('b', [], 3)];
      return compile({ total: add(sum(a), b) }, { backend: 'cpu' });
    };

    it('load in part, strictly, and under other names', async () => {
      const source = await two();
      await source.variables.set('b', 10);
      const bytes = await source.variables.toBytes();
      const target = await two();
      await target.variables.fromBytes(bytes, { partial: true, rename: (name) => (name === 'b' ? name : undefined) });
      expect((await target.run()).total.item()).to.equal(13);
      const missing = await failure(() => target.variables.fromBytes(bytes, { rename: (n) => `x/${n}` }));
      expect(missing.message).to.contain("'a' is missing");
      const unknown = { partial: true, strict: true, rename: (n: string) => `x/${n}` };
      expect((await failure(() => target.variables.fromBytes(bytes, unknown))).message).to.contain("'x/a'");
      await target.variables.fromBytes(new Blob([bytes as Uint8Array<ArrayBuffer>]));
      source.dispose();
      target.dispose();
    });

    it('are the safetensors format', async () => {
      const program = await two();
      const header = JSON.stringify({
        b: { dtype: 'F32', shape: [], data_offsets: [0, 4] },
        a: { dtype: 'F32', shape: [2], data_offsets: [4, 12] },
      });
      const bytes = new Uint8Array(8 + header.length + 12);
      new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
      bytes.set(new TextEncoder().encode(header), 8);
      bytes.set(new Uint8Array(Float32Array.of(7, 8, 9).buffer), 8 + header.length);
      await program.variables.fromBytes(bytes);
      expect((await program.run()).total.item()).to.equal(24);
      program.dispose();
    });

    it('refuse what is no such file, and change nothing', async () => {
      const program = await two();
      const whole = await program.variables.toBytes();
      for (const bytes of [new Uint8Array(3), whole.slice(0, 40), new Uint8Array(64).fill(1), whole.slice(0, -4)]) {
        expect(await failure(() => program.variables.fromBytes(bytes)), `${bytes.length} bytes`).to.be.instanceOf(
          VariableError,
        );
      }
      expect(await failure(() => program.variables.load(join(folder, 'none')))).to.be.instanceOf(VariableError);
      expect((await program.run()).total.item()).to.equal(6);
      program.dispose();
    });

    it('refuse a header that says what cannot be', async () => {
      const program = await two();
      const file = (header: unknown): Uint8Array => {
        const text = new TextEncoder().encode(JSON.stringify(header));
        const bytes = new Uint8Array(8 + text.length + 12);
        new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
        bytes.set(text, 8);
        return bytes;
      };
      const a = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };
      const b = { dtype: 'F32', shape: [], data_offsets: [8, 12] };
      await program.variables.fromBytes(file({ a, b }));
      for (const header of [
        [],
        null,
        { a: null, b },
        { a: { ...a, shape: [-1, -2] }, b },
        { a: { ...a, shape: '2' }, b },
        { a: { ...a, data_offsets: [4, 16] }, b },
        { a: { ...a, data_offsets: [8, 0] }, b },
        { a: { ...a, data_offsets: [0, 7] }, b },
        { a: { ...a, data_offsets: [0] }, b },
        { a: { ...a, dtype: 'F64', data_offsets: [0, 12] }, b },
        { a, b, __metadata__: 1 },
        { a, b, __metadata__: { 'retrograph.seed': 'x' } },
        { a, b, __metadata__: { 'retrograph.runs': '-1' } },
      ]) {
        const error = await failure(() => program.variables.fromBytes(file(header)));
        expect(error, JSON.stringify(header)).to.be.instanceOf(VariableError);
      }
      program.dispose();
    });

    it('hold the values of one moment, between two runs', async () => {
      const g = new Graph();
      const names = ['a', 'b', 'c'];
      const updates = names.map((name) => g.variable(name, [])).map((v) => assign(v, add(v, 1)));
      const program = await compile({}, { backend: 'cpu', updates });
      const runs = [program.run(), program.variables.toBytes(), program.run()] as const;
      const bytes = await runs[1];
      await runs[2];
      await program.variables.fromBytes(bytes);
      const values = await Promise.all(names.map(async (name) => (await program.variables.get(name)).item()));
      expect(values).to.deep.equal([1, 1, 1]);
      program.dispose();
    });

    it('do not give two values one name', async () => {
      const program = await two();
      const bytes = await program.variables.toBytes();
      const error = await failure(() => program.variables.fromBytes(bytes, { partial: true, rename: () => 'c' }));
      expect(error.message).to.contain("two values of the file are named 'c'");
      program.dispose();
    });

    it('are written whole or not at all', async () => {
      const program = await two();
      const file = join(folder, 'taken');
      await writeFile(file, 'as it was');
      expect(await failure(() => program.variables.save(join(folder, 'no', 'such', 'folder')))).to.be.instanceOf(
        VariableError,
      );
      await program.variables.save(file);
      expect((await readFile(file)).length).to.be.above(20);
      expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).to.deep.equal([]);
      program.dispose();
    });
  });
});
