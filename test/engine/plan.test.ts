/** Plans: every buffer's life, against an oracle that looks ahead; and plans as data, printed, cloned and run. */
import { expect } from 'chai';
import fc from 'fast-check';
import { cpu } from '../../backends/cpu/module.ts';
import { NullBackend } from '../../backends/null/module.ts';
import {
  assign,
  BackendError,
  compile,
  Executor,
  Graph,
  gradients,
  map,
  type Plan,
  print,
  type Sym,
} from '../../engine/index.ts';
import {
  add,
  concat,
  exp,
  matMul,
  mul,
  randomUniform,
  reshape,
  sin,
  split,
  square,
  sum,
  tanh,
} from '../../ops/index.ts';
import { BATCH, buildRandom, feedsOf, instructions } from '../support/random-graphs.ts';

const outputs = (kernel: string, attrs: Readonly<Record<string, unknown>>): number =>
  kernel === 'SplitV' ? (attrs.numOrSizeSplits as readonly number[]).length : 1;

/** Walks the steps with the set of live slots, and finds out what is needed by looking at all later steps. */
function checkLives(plan: Plan): void {
  const { slots, steps } = plan;
  const results = new Set([...plan.outputs, ...plan.updates].map((v) => v.slot));
  const live = new Set([...slots.keys()].filter((s) => slots[s]!.kind !== 'value'));
  const bytes = (list: Iterable<number>): number => [...list].reduce((n, s) => n + slots[s]!.bytes, 0);
  let peak = bytes(live);
  steps.forEach((step, i) => {
    for (const { slot } of step.inputs) expect(live.has(slot), `step ${i} needs slot ${slot}`).to.equal(true);
    for (const { slot } of step.outputs) {
      expect(live.has(slot), `step ${i} makes slot ${slot}`).to.equal(false);
      live.add(slot);
    }
    let workspace = 0;
    if (step.kind === 'loop') {
      checkLives(step.body);
      workspace = Math.max(
        step.body.peakBytes - bytes(step.inputs.slice(step.mapped).map((v) => v.slot)),
        bytes(step.outputs.slice(0, step.stacked).map((v) => v.slot)),
      );
    }
    peak = Math.max(peak, bytes(live) + workspace);
    const later = new Set(steps.slice(i + 1).flatMap((s) => s.inputs.map((v) => v.slot)));
    const dead = [...live].filter((s) => slots[s]!.kind === 'value' && !later.has(s) && !results.has(s));
    expect([...step.free].sort(), `what step ${i} frees`).to.deep.equal(dead.sort());
    for (const s of dead) live.delete(s);
  });
  for (const s of results) expect(live.has(s), `result slot ${s}`).to.equal(true);
  expect(plan.peakBytes).to.equal(peak);
}

/** A program with a bit of everything: updates, a random draw, a map, several outputs, views. */
function everything() {
  const g = new Graph();
  const [x, w] = [g.placeholder('x', [4, 6]), g.variable('w', [6, 2], 0.5)];
  const [left, right] = split(add(x, randomUniform([4, 6])), 2, 1) as [Sym, Sym];
  const h = tanh(matMul(x, w));
  const rows = map(h, (row) => mul(row, sum(square(exp(row)))));
  const loss = sum(mul(rows, reshape(sum(mul(left, right), 1), [4, 1])));
  const flat = reshape(concat([left, right], 0), [-1]);
  return { outputs: { loss, flat, h, x }, updates: [assign(w, mul(gradients(loss, w), 0.1))] };
}

describe('a plan', () => {
  it('frees every slot once, right after its last use, and knows its peak: random graphs with gradients', () => {
    fc.assert(
      fc.asyncProperty(instructions(30), async (list) => {
        const backend = new NullBackend({ outputs });
        const { values } = buildRandom(list);
        const last = values.at(-1)!;
        const grads = gradients(last, values.slice(0, 5), { unconnected: 'zeros' });
        const program = await compile(
          { last, other: values[values.length >> 1]!, ...Object.fromEntries(grads.map((s, k) => [`d${k}`, s])) },
          { backend, dims: { b: BATCH } },
        );
        checkLives(program.plan);
        await program.run(feedsOf());
        await program.run(feedsOf(), { outputs: ['other'] });
        program.dispose();
        expect(backend.memory().buffers, 'buffers left').to.equal(0);
      }),
      { numRuns: 150 },
    );
  });

  it('does so with updates, draws, maps, several outputs and views', async () => {
    const backend = new NullBackend({ outputs });
    const { outputs: results, updates } = everything();
    const program = await compile(results, { backend, updates });
    checkLives(program.plan);
    for (let i = 0; i < 3; i++) await program.run({ x: new Float32Array(24) });
    for await (const step of program.steps({ x: new Float32Array(24) })) expect(step.label).to.not.equal('');
    program.dispose();
    expect(backend.memory().buffers).to.equal(0);
  });

  it('does so where a result is a feed, a variable, a constant, a view of one, or there twice', async () => {
    const backend = new NullBackend();
    const g = new Graph();
    const [x, w] = [g.placeholder('x', [2, 2]), g.variable('w', [4])];
    const y = tanh(x);
    const results = { x, w, c: g.constant([1]), view: reshape(x, [4]), y, again: y, viewed: reshape(y, [4]) };
    const program = await compile(results, { backend, updates: [assign(w, reshape(y, [4]))] });
    checkLives(program.plan);
    for (let i = 0; i < 3; i++)
      await program.run({
        x: [
          [1, 2],
          [3, 4],
        ],
      });
    program.dispose();
    expect(backend.memory().buffers).to.equal(0);
  });

  it('costs nothing for a view: it is another shape on the same slot', async () => {
    const x = new Graph().placeholder('x', ['$b', 6]);
    const program = await compile(
      { y: reshape(tanh(reshape(x, [-1, 3])), [-1]) },
      { backend: new NullBackend(), dims: { b: 2 } },
    );
    const {
      steps,
      slots,
      outputs: [y],
    } = program.plan;
    expect(steps).to.have.lengthOf(1);
    expect(slots).to.have.lengthOf(2);
    expect(y).to.include({ slot: steps[0]!.outputs[0]!.slot }).and.have.property('shape').that.deep.equals([12]);
    program.dispose();
  });

  it('keeps no buffer alive for its shape alone', async () => {
    const x = new Graph().placeholder('x', [100]);
    const h = tanh(x);
    const y = sum(mul(sum(h), reshape(sum(exp(h)), [1])));
    const program = await compile({ y }, { backend: new NullBackend() });
    checkLives(program.plan);
    expect(program.plan.peakBytes).to.equal(4 * (100 + 100 + 100 + 1));
    program.dispose();
  });

  it('counts what the body of a map needs, and the rows that it stacks', async () => {
    const x = new Graph().placeholder('x', [2, 100]);
    const rows = map(x, (row) => sum(exp(mul(row, reshape(row, [100, 1])))));
    const tall = map(x, (row) => exp(row));
    const backend = new NullBackend();
    const [inner, outer] = [await compile({ rows }, { backend }), await compile({ tall }, { backend })];
    // the feed, a row, two outer products at once; the feed, the rows and their stack
    expect(inner.plan.peakBytes).to.equal(4 * (200 + 2 + 100 + 2 * 10_000));
    expect(outer.plan.peakBytes).to.equal(4 * (200 + 200 + 200));
    inner.dispose();
    outer.dispose();
  });

  it('tells bytes by dtype', async () => {
    const g = new Graph();
    const outs = {
      f: g.placeholder('f', [10]),
      i: g.placeholder('i', [10], 'int32'),
      b: g.placeholder('b', [10], 'bool'),
    };
    const program = await compile(outs, { backend: new NullBackend() });
    expect(program.plan.slots.map((s) => s.bytes)).to.deep.equal([40, 40, 10]);
    program.dispose();
  });

  it('prints every step, and for each slot its bytes and its life, and the peak', async () => {
    const g = new Graph();
    const x = g.placeholder('x', [1000]);
    const h = g.name('h', sin(x));
    const program = await compile({ y: mul(exp(h), h) }, { backend: new NullBackend() });
    const text = print(program.plan);
    expect(text).to.match(/^plan: 3 steps, 4 slots, planned peak 16,000 bytes$/m);
    expect(text).to.match(/^feed +s0\[1000\] <- 'x'$/m);
    expect(text).to.match(/^ +0 s1\[1000\] = Sin\(x=s0\[1000\]\) +'h'$/m);
    expect(text).to.match(/^ +2 s3\[1000\] = Multiply\(.*\) +'Multiply_\d+' +frees s1 s2$/m);
    expect(text).to.match(/^output +'y' <- s3\[1000\]$/m);
    expect(text).to.match(/^s0 +4000 +start\.\.end +feed x$/m);
    expect(text).to.match(/^s1 +4000 +0\.\.2 +value h$/m);
    expect(text).to.match(/^s3 +4000 +2\.\.end +value Multiply_\d+$/m);
    program.dispose();
  });

  it('is data: a clone is equal, and runs', async () => {
    await cpu.start();
    const { outputs: results, updates } = everything();
    const program = await compile(results, { backend: cpu, updates, seed: 3 });
    const clone = structuredClone(program.plan);
    expect(clone).to.deep.equal(program.plan);
    expect(print(clone)).to.equal(print(program.plan));

    const x = Float32Array.from({ length: 24 }, (_, i) => Math.cos(i));
    const { device } = cpu;
    const before = cpu.memory().buffers;
    const executor = new Executor(clone, device);
    const feeds = clone.feeds.map((f) => device.upload(x, f.shape, f.dtype));
    const variables = clone.variables.map((v) => device.upload(new Float32Array(12).fill(0.5), v.shape, v.dtype));
    const finished = executor.run({ feeds, variables, randomState: program.variables.randomState() });
    const values = clone.outputs.map((v, i) => [...device.readSync(finished.outputs[i]!, v.shape, v.dtype)]);
    for (const buffer of [...feeds, ...variables, ...finished.outputs, ...finished.updates]) device.release(buffer);
    executor.dispose();
    expect(cpu.memory().buffers).to.equal(before);

    const expected = await program.run({ x });
    expect(values).to.deep.equal(clone.outputs.map(({ name }) => [...expected[name as 'h'].data]));
    program.dispose();
  });

  it('is made once for bodies of one structure', async () => {
    const g = new Graph();
    const [x, y] = [g.placeholder('x', [3, 2]), g.placeholder('y', [3, 2])];
    const program = await compile({ a: map(x, tanh), b: map(y, tanh) }, { backend: new NullBackend() });
    const bodies = program.plan.steps.map((s) => (s.kind === 'loop' ? s.body : undefined));
    expect(bodies[0]).to.equal(bodies[1]).and.not.equal(undefined);
    program.dispose();
  });
});

describe('the null device', () => {
  const planned = async () => {
    const backend = new NullBackend();
    const x = new Graph().placeholder('x', [2]);
    const program = await compile({ y: mul(sin(x), exp(sin(x))) }, { backend });
    return {
      plan: program.plan,
      run: (plan: Plan) =>
        new Executor(plan, backend.device).run({
          feeds: [backend.device.upload(new Float32Array(2), [2], 'float32')],
          variables: [],
          randomState: new Int32Array(4),
        }),
    };
  };
  const freeing = (plan: Plan, at: number, free: readonly number[]): Plan => ({
    ...plan,
    steps: plan.steps.map((s, i) => (i === at ? { ...s, free } : s)),
  });

  it('takes a sound plan', async () => {
    const { plan, run } = await planned();
    expect(() => run(plan)).to.not.throw();
  });

  it('notices a buffer that is used after it was freed, and one that is freed twice', async () => {
    const { plan, run } = await planned();
    const { slot } = plan.steps[0]!.outputs[0]!;
    expect(() => run(freeing(plan, 1, [slot]))).to.throw(BackendError, 'after it had been freed');
    expect(() => run(freeing(plan, 2, [slot, slot]))).to.throw(BackendError);
  });
});
