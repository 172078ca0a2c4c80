/** Programs that are compiled here and run in a worker thread: what they give, and what becomes of them. */
import { execFile } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import {
  assign,
  BackendError,
  CancelledError,
  compile,
  DeviceLostError,
  FeedError,
  Graph,
  map,
  NumericsError,
  ProgramStateError,
  VariableError,
} from '../../index.node.ts';
import { add, dropout, losses, matMul, mul, relu, square, sum } from '../../ops/index.ts';
import { glorotUniform } from '../../plugins/initializers/index.ts';
import { adam } from '../../plugins/optimizers/index.ts';
import { createWorkerProgram, workerBackend } from '../../plugins/remote/index.node.ts';
import { failure } from '../support/failure.ts';
import { lineHere } from '../support/values.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const script = new URL('../../plugins/remote/serve.node.ts', import.meta.url);
const source = new URL('../../scripts/source.mjs', import.meta.url);
const startWorker = () => new Worker(script, { execArgv: [`--import=${source}`] });

/** A classifier with dropout, so that the random state matters too. */
function classifier() {
  const g = new Graph();
  const x = g.placeholder('x', ['$n', 3]);
  const hidden = dropout(relu(matMul(x, g.variable('w1', [3, 8], glorotUniform()))), 0.25);
  const logits = matMul(hidden, g.variable('w2', [8, 1], glorotUniform()));
  const loss = losses.sigmoidCrossEntropy(g.placeholder('y', ['$n', 1]), logits);
  return { outputs: { loss, logits }, options: { seed: 7, updates: adam({ learningRate: 0.05 }).minimize(loss) } };
}

const batch = {
  x: [
    [0, 0, 1],
    [0, 1, 1],
    [1, 0, 1],
    [1, 1, 1],
  ],
  y: [[0], [1], [1], [0]],
};

describe('a program in a worker thread', function () {
  this.timeout(120_000);

  for (const backend of ['wasm', 'cpu']) {
    it(`trains on ${backend} as it does in this thread, to the bit`, async () => {
      const { outputs, options } = classifier();
      const there = await createWorkerProgram(outputs, { backend, ...options });
      const here = await compile(outputs, { backend, ...options });
      for (let i = 0; i < 5; i++) {
        const [a, b] = [await there.run(batch), await here.run(batch)];
        expect(a.loss.data).to.deep.equal(b.loss.data);
        expect(a.logits.array()).to.deep.equal(b.logits.array());
      }
      expect(await there.variables.toBytes()).to.deep.equal(await here.variables.toBytes());
      // another size of batch is another plan
      const two = { x: batch.x.slice(2), y: batch.y.slice(2) };
      expect((await there.run(two)).logits.shape).to.deep.equal([2, 1]);
      here.dispose();
      there.dispose();
    });
  }

  it('shares its variables, and its worker, with another program over them', async () => {
    const { outputs, options } = classifier();
    const trainer = await createWorkerProgram(outputs, options);
    const g = new Graph();
    const norm = sum(square(g.variable('w1', [3, 8], glorotUniform())));
    const reader = await createWorkerProgram({ norm }, { variables: trainer.variables });
    expect(reader.backend).to.equal(trainer.backend);
    const before = (await reader.run()).norm.item();
    await trainer.run(batch);
    expect((await reader.run()).norm.item()).to.not.equal(before);
    trainer.dispose();
    expect((await reader.run()).norm.item()).to.be.a('number');
    reader.dispose();
  });

  it('leaves this thread free', async () => {
    const g = new Graph();
    const big = g.placeholder('x', [300, 300]);
    const program = await createWorkerProgram({ y: sum(matMul(matMul(big, big), big)) }, { backend: 'cpu' });
    const x = new Float32Array(90_000).fill(0.01);
    await program.run({ x: new Float32Array(90_000) });
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    const start = performance.now();
    await program.run({ x });
    const elapsed = performance.now() - start;
    clearInterval(timer);
    expect(elapsed).to.be.above(100);
    // a thread that computed this itself would not have ticked at all
    expect(ticks).to.be.above(elapsed / 50);
    program.dispose();
  });

  it('is cancelled before its updates, and changes nothing', async () => {
    const { outputs, options } = classifier();
    const program = await createWorkerProgram(outputs, options);
    const before = await program.variables.toBytes();
    const controller = new AbortController();
    const run = program.run(batch, { signal: controller.signal });
    controller.abort('enough');
    const error = await failure(() => run);
    expect(error).to.be.instanceOf(CancelledError);
    expect(error.cause).to.equal('enough');
    expect(await program.variables.toBytes()).to.deep.equal(before);
    const { loss } = await program.run(batch, { signal: new AbortController().signal });
    expect(loss.item()).to.be.a('number');
    program.dispose();
  });

  it('is cancelled while its steps run, by an abort that comes before they end', async () => {
    const g = new Graph();
    const x = g.placeholder('x', [400, 400]);
    const a = g.variable('a', [], 0);
    const y = sum(matMul(matMul(x, x), x));
    const program = await createWorkerProgram({ y }, { backend: 'cpu', updates: [assign(a, add(a, 1))] });
    const feed = { x: new Float32Array(160_000).fill(0.01) };
    await program.run(feed);
    const controller = new AbortController();
    const run = program.run(feed, { signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    expect(await failure(() => run)).to.be.instanceOf(CancelledError);
    expect((await program.variables.get('a')).item()).to.equal(1);
    program.dispose();
  });

  it('is not cancelled by an abort that comes after its updates, and leaves no listeners', async () => {
    const { outputs, options } = classifier();
    const program = await createWorkerProgram(outputs, options);
    const { signal } = new AbortController();
    for (let i = 0; i < 3; i++) await program.run(batch, { signal });
    expect(getEventListeners(signal, 'abort')).to.have.lengthOf(0);
    program.dispose();
  });

  it('takes feeds over where it may, and leaves them where it may not', async () => {
    const x = new Graph().placeholder('x', ['$n']);
    const program = await createWorkerProgram({ y: mul(x, 2) });
    const kept = Float32Array.of(1, 2);
    expect([...(await program.run({ x: kept })).y.data]).to.deep.equal([2, 4]);
    expect([...kept]).to.deep.equal([1, 2]);
    const given = Float32Array.of(3, 4);
    expect([...(await program.run({ x: given }, { transfer: true })).y.data]).to.deep.equal([6, 8]);
    expect(given.length).to.equal(0);
    // of an array that is a part of another, that part alone
    const all = Float32Array.of(1, 2, 3, 4);
    for (const transfer of [false, true])
      expect([...(await program.run({ x: all.subarray(1, 3) }, { transfer })).y.data]).to.deep.equal([4, 6]);
    expect([...all]).to.deep.equal([1, 2, 3, 4]);
    // a feed may change as soon as the call returns
    const run = program.run({ x: kept });
    kept.fill(0);
    expect([...(await run).y.data]).to.deep.equal([2, 4]);
    program.dispose();
  });

  it("tells errors with their type, and the line of the user's", async () => {
    const g = new Graph();
    const x = g.placeholder('x', [2]);
    const product = mul(x, x);
    const line = lineHere().replace(/\d+$/, (n) => `${Number(n) - 1}`);
    const program = await createWorkerProgram({ y: mul(product, 2) });
    expect(await failure(() => program.run({}))).to.be.instanceOf(FeedError);
    const error = await failure(() => program.run({ x: [1e30, 1] }, { checkNumerics: true }));
    expect(error).to.be.instanceOf(NumericsError);
    expect(error.message).to.contain('Infinity').and.contain(line);
    expect(await failure(() => program.variables.get('nope'))).to.be.instanceOf(VariableError);
    for (const refused of [
      () => program.runSync({ x: [1, 2] }),
      () => program.run({ x: [1, 2] }, { as: 'tensor' }),
      () => program.steps({ x: [1, 2] }).next(),
    ])
      expect(await failure(refused)).to.be.instanceOf(ProgramStateError);
    expect([...(await program.run({ x: [1, 2] })).y.data]).to.deep.equal([2, 8]);
    program.dispose();
  });

  it('tells the line of a node in the body of a map', async () => {
    let line = '';
    const y = map(new Graph().placeholder('x', ['$n', 2]), (row) => {
      const [large, here] = [mul(row, 1e30), lineHere()];
      line = here;
      return mul(large, large);
    });
    const program = await createWorkerProgram({ y });
    const error = await failure(() => program.run({ x: [[1, 1e30]] }, { checkNumerics: true }));
    expect(error).to.be.instanceOf(NumericsError);
    expect(error.message).to.contain('Infinity').and.contain(line);
    program.dispose();
  });

  it('is lost with its worker, and goes on in another from a copy of its variables', async () => {
    const { outputs, options } = classifier();
    const workers: Worker[] = [];
    const worker = () => {
      workers.push(startWorker());
      return workers.at(-1)!;
    };
    const backend = await workerBackend({ worker });
    const program = await compile(outputs, { backend, ...options });
    await program.run(batch);
    const copy = await program.variables.toBytes();
    const expected = (await program.run(batch)).loss.item();
    const end = workers[0]!.terminate();
    const run = program.run(batch); // asked for after that, or it might be done before
    await end;
    for (const call of [() => run, () => program.run(batch), () => program.variables.toBytes()]) {
      const error = await failure(call);
      expect(error).to.be.instanceOf(DeviceLostError);
      expect(error.message).to.contain('its thread ended');
    }
    program.dispose();
    const again = await compile(outputs, { backend, ...options });
    await again.variables.fromBytes(copy);
    expect((await again.run(batch)).loss.item()).to.equal(expected);
    expect(workers).to.have.lengthOf(2);
    again.dispose();
  });

  it('says why its worker did not start, and mourns no variables', async () => {
    const { outputs, options } = classifier();
    const worker = () => new Worker(new URL('./nowhere.js', import.meta.url), { execArgv: [] });
    const error = await failure(() => createWorkerProgram(outputs, { worker, ...options }));
    expect(error).to.be.instanceOf(BackendError).and.not.instanceOf(DeviceLostError);
    expect(error.message).to.match(/did not start: Cannot find module .*nowhere\.js/);
  });

  it('holds no more memory after many programs than before', async () => {
    const { outputs, options } = classifier();
    const backend = await workerBackend();
    const first = await compile(outputs, { backend, ...options });
    await first.run(batch);
    await backend.settled();
    const { buffers } = backend.memory();
    for (let i = 0; i < 20; i++) {
      const program = await compile(outputs, { backend, ...options });
      await program.run(batch);
      program.dispose();
    }
    await backend.settled();
    expect(backend.memory().buffers).to.equal(buffers);
    first.dispose();
  });

  it('ends its worker when the last program is disposed of; and a program that does not compile ends it too', async () => {
    const ended: Promise<unknown>[] = [];
    const worker = () => {
      const made = startWorker();
      ended.push(new Promise((resolve) => made.once('exit', resolve)));
      return made;
    };
    const { outputs, options } = classifier();
    const program = await createWorkerProgram(outputs, { worker, ...options });
    await program.run(batch);
    program.dispose();
    const g = new Graph();
    await failure(() =>
      createWorkerProgram(
        { y: g.variable('w', [2], glorotUniform()), z: g.placeholder('z', ['$q']) },
        { worker, dims: { q: -1 } },
      ),
    );
    await Promise.all(ended);
    expect(ended).to.have.lengthOf(2);
  });

  it('says which backends there are', async () => {
    const { outputs } = classifier();
    const unknown = await failure(() => createWorkerProgram(outputs, { backend: 'nope' }));
    expect(unknown).to.be.instanceOf(BackendError);
    expect(unknown.message).to.contain('wasm, cpu, webgl, webgpu');
    const missing = await failure(() => createWorkerProgram(outputs, { backend: 'webgl' }));
    expect(missing).to.be.instanceOf(BackendError);
    expect(missing.message).to.contain("no backend 'webgl' there");
  });

  it('keeps no process from ending', async () => {
    const code = `
      const { createWorkerProgram } = await import('./plugins/remote/index.node.ts');
      const { Graph } = await import('./index.node.ts');
      const { square } = await import('./ops/index.ts');
      const program = await createWorkerProgram({ y: square(new Graph().placeholder('x', [])) });
      console.log((await program.run({ x: 3 })).y.item());`;
    const args = ['--import=./scripts/source.mjs', '--input-type=module', '-e', code];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, timeout: 60_000 });
    expect(stdout.trim()).to.equal('9');
  });
});
