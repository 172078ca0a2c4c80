/** Depth: everything that walks a graph is iterative, so that a chain of 20,000 nodes goes through all stages. */
import { expect } from 'chai';
import { wasm } from '../../backends/wasm/module.ts';
import { compile, defineComposite, Graph, gradients, hvp, print, type Sym, sumAxes } from '../../engine/index.ts';
import { catalogue } from '../../ops/catalogue.ts';
import { add, greater, mul, tanh, where } from '../../ops/index.ts';
import { cpuSecondsSince } from '../support/cpu-time.ts';
import { expectClose } from '../support/values.ts';

const LENGTH = 20_000;
const X = [0.5, -1, 2];
const W = [1.01, 0.99, 1.02];

/** tanh and a product with a variable in turn. */
function chain(length: number) {
  const g = new Graph();
  const [x, w] = [g.placeholder('x', [3]), g.variable('w', [3], W)];
  let y: Sym = x;
  for (let i = 0; i < length; i++) y = i % 2 === 0 ? tanh(y) : mul(y, w);
  return { g, x, w, y };
}

/** The chain's value and its derivatives by x and w, in double precision. */
function expected(length: number) {
  return X.map((x, k) => {
    let [y, dx, dw] = [x, 1, 0];
    for (let i = 0; i < length; i++) {
      if (i % 2 === 0) {
        y = Math.tanh(y);
        dx *= 1 - y * y;
        dw *= 1 - y * y;
      } else {
        dw = dw * W[k]! + y;
        dx *= W[k]!;
        y *= W[k]!;
      }
    }
    return { y, dx, dw };
  });
}

const Halves = defineComposite({
  name: 'Halves',
  inputs: ['x'],
  infer: ({ x }) => [x],
  lowering: [{ kind: 'composite', expand: ({ x }) => add(mul(x, 0.5), mul(x, 0.5)) }],
});

describe(`a chain of ${LENGTH} nodes`, () => {
  it('is built, differentiated, compiled, planned and run on wasm', async () => {
    const { x, w, y } = chain(LENGTH);
    const grads = gradients(sumAxes(y, [0]), { x, w });
    const before = wasm.memory().buffers;
    const program = await compile({ y, dx: grads.x, dw: grads.w }, { backend: wasm });
    expect(program.plan.steps.length).to.be.greaterThan(2 * LENGTH);
    const results = await program.run({ x: X });
    program.dispose();
    expect(wasm.memory().buffers).to.equal(before);
    const values = expected(LENGTH);
    expectClose(
      results.y.data,
      values.map((v) => v.y),
      1e-4,
    );
    expectClose(
      results.dx.data,
      values.map((v) => v.dx),
      1e-4,
    );
    expectClose(
      results.dw.data,
      values.map((v) => v.dw),
      1e-3,
    );
  });

  it('is right where the numbers of a short one are', async () => {
    const { x, w, y } = chain(20);
    const grads = gradients(sumAxes(y, [0]), { x, w });
    const program = await compile({ y, dx: grads.x, dw: grads.w }, { backend: wasm, verify: true });
    const results = await program.run({ x: X });
    program.dispose();
    const values = expected(20);
    expectClose(
      results.y.data,
      values.map((v) => v.y),
    );
    expectClose(
      results.dx.data,
      values.map((v) => v.dx),
    );
    expectClose(
      results.dw.data,
      values.map((v) => v.dw),
    );
  });

  it('is verified, printed, written and read', () => {
    const { g, y } = chain(LENGTH);
    expect(print({ y }).split('\n')).to.have.lengthOf(LENGTH + 3);
    const document = g.toJSON({ y });
    const { outputs } = Graph.fromJSON(document, { ops: catalogue.flatMap(({ op }) => op ?? []) });
    expect(outputs.y!.shape).to.deep.equal([3]);
  });

  it('may be made of selects, or of composites without rules: time grows with its length, not with its square', async () => {
    const before = process.cpuUsage();
    const { x } = chain(0);
    let [selects, composites]: [Sym, Sym] = [x, x];
    for (let i = 0; i < 4000; i++) {
      selects = where(greater(selects, 0), mul(selects, 0.999), tanh(selects));
      composites = Halves.node({ x: composites });
    }
    const grads = { selects: gradients(selects, x), composites: gradients(composites, x) };
    const program = await compile(grads, { backend: wasm });
    const results = await program.run({ x: X });
    program.dispose();
    expectClose(results.composites.data, [1, 1, 1]);
    expect(results.selects.data[0]).to.be.closeTo(0.999 ** 4000, 1e-4);
    expect(cpuSecondsSince(before)).to.be.below(20);
  });

  it('has second derivatives', () => {
    const { x, y } = chain(2000);
    expect(hvp(sumAxes(y, [0]), x, [1, 1, 1]).shape).to.deep.equal([3]);
  });
});
