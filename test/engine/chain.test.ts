/** Depth: everything that walks a graph is iterative, so that a chain of 20,000 nodes goes through all stages. */
import { expect } from 'chai';
import { wasm } from '../../backends/wasm/module.ts';
import { compile, Graph, gradients, hvp, print, type Sym, sumAxes } from '../../engine/index.ts';
import { catalogue } from '../../ops/catalogue.ts';
import { mul, tanh } from '../../ops/index.ts';
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

  it('has second derivatives', () => {
    const { x, y } = chain(2000);
    expect(hvp(sumAxes(y, [0]), x, [1, 1, 1]).shape).to.deep.equal([3]);
  });
});
