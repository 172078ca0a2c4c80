/** Functions with gradients of the user's own, and the check that users write for them. */
import { expect } from 'chai';
import { cpu } from '../../backends/cpu/module.ts';
import {
  checkGradient,
  compile,
  customGradient,
  defineOp,
  evaluate,
  type Feeds,
  GradientMismatchError,
  GradientRuleError,
  Graph,
  gradients,
  hvp,
  NotDifferentiableError,
  type Sym,
  toposort,
} from '../../engine/index.ts';
import { add, cast, clipByValue, cos, exp, log, matMul, mul, sin, square, sum, tanh } from '../../ops/index.ts';
import { caught, expectClose, lineHere } from '../support/values.ts';

const X = [0.5, -1.5, 2];
const symbols = () => {
  const g = new Graph();
  return { g, x: g.placeholder('x', [3]), w: g.variable('w', [3], [1, 2, 3]) };
};
const run = <O extends Record<string, Sym>>(outputs: O, feeds: Feeds = { x: X }) =>
  evaluate(outputs, feeds, { backend: cpu, verify: true });

/** log(1 + e^x), with the gradient that does not overflow. */
const softplus = customGradient(
  (x: Sym) => log(add(exp(x), 1)),
  [([x], { dy }) => mul(dy, mul(add(tanh(mul(x!, 0.5)), 1), 0.5))],
);
/** Gradients cut off at 1. */
const clipped = customGradient((x: Sym) => mul(x, 1), [(_, { dy }) => clipByValue(dy, -1, 1)]);

describe('customGradient', () => {
  it('computes what the function does', async () => {
    const { x } = symbols();
    expectClose(
      (await run({ y: softplus(x) })).y.data,
      X.map((v) => Math.log1p(Math.exp(v))),
    );
  });

  it('is differentiated by the rule', async () => {
    const { x } = symbols();
    const { y, dx } = await run({ y: clipped(x), dx: gradients(mul(clipped(x), [0.5, 5, -5]), x) });
    expect(y.array()).to.deep.equal(X);
    expect(dx.array()).to.deep.equal([0.5, 1, -1]);
  });

  it('gives where the chain rule alone would not', async () => {
    const { x } = symbols();
    const large = { x: [100, 0, -100] };
    expectClose((await run({ dx: gradients(softplus(x), x) }, large)).dx.data, [1, 0.5, 0]);
    expect((await run({ dx: gradients(log(add(exp(x), 1)), x) }, large)).dx.data[0]).to.be.NaN;
  });

  it('has a second derivative: that of the rule', async () => {
    const { x } = symbols();
    const sigmoid = (v: number) => 1 / (1 + Math.exp(-v));
    const { second } = await run({ second: hvp(sum(softplus(x)), x, 1) });
    expectClose(
      second.data,
      X.map((v) => sigmoid(v) * (1 - sigmoid(v))),
    );
  });

  it('takes several arguments and gives several results; the rules see all of them', async () => {
    const { x, w } = symbols();
    const polar = customGradient(
      (r: Sym, phi: Sym) => [mul(r, cos(phi)), mul(r, sin(phi))],
      [
        ([, phi], { dys: [da, db] }) => add(mul(da!, cos(phi!)), mul(db!, sin(phi!))),
        (_, { ys: [a, b], dys: [da, db] }) => add(mul(da!, mul(b!, -1)), mul(db!, a!)),
      ],
    );
    const plain = (r: Sym, phi: Sym) => [mul(r, cos(phi)), mul(r, sin(phi))];
    const loss = ([a, b]: readonly Sym[]) => sum(add(square(a!), mul(b!, 3)));
    const [own, theirs] = [gradients(loss(polar(w, x)), { x, w }), gradients(loss(plain(w, x)), { x, w })];
    const results = await run({ ox: own.x, ow: own.w, tx: theirs.x, tw: theirs.w });
    expectClose(results.ox.data, results.tx.data);
    expectClose(results.ow.data, results.tw.data);
  });

  it('takes a rule that gives nothing for zero, and what it gives is unbroadcast', async () => {
    const g = new Graph();
    const [x, b] = [g.placeholder('x', [2, 3]), g.placeholder('b', [3])];
    const f = customGradient((a: Sym, c: Sym) => add(a, c), [() => undefined, (_, { dy }) => dy]);
    const { x: dx, b: db } = await run(gradients(f(x, b), { x, b }), { x: [X, X], b: X });
    expect(dx.array()).to.deep.equal([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(db.array()).to.deep.equal([2, 2, 2]);
  });

  it('may use values that it does not get, in the function and in the rule', async () => {
    const { x, w } = symbols();
    const f = customGradient((v: Sym) => mul(v, w), [(_, { dy }) => mul(dy, square(w))]);
    const { y, dx } = await run({ y: f(x), dx: gradients(f(x), x) });
    expectClose(
      y.data,
      X.map((v, i) => v * (i + 1)),
    );
    expect(dx.array()).to.deep.equal([1, 4, 9]);
  });

  it('has no gradient by a value that the function does not get: an error which names it and the line', () => {
    const { x, w } = symbols();
    const [y, line] = [customGradient((v: Sym) => mul(v, w), [(_, { dy }) => dy])(x), lineHere()];
    const error = caught(() => gradients(y, w));
    expect(error).to.be.instanceOf(NotDifferentiableError);
    expect(error.message).to.contain("which 'w' reaches");
    expect(error).to.have.property('site').that.contains(line);
    expect(() => gradients(y, x)).to.not.throw();
  });

  it('differentiates what the rule uses, in the second order', async () => {
    const { x, w } = symbols();
    const f = customGradient((v: Sym) => v, [(_, { dy }) => mul(dy, square(w))]);
    const dx = gradients(f(mul(x, 1)), x);
    expect((await run({ dw: gradients(dx, w) }, {})).dw.array()).to.deep.equal([2, 4, 6]);
  });

  it('needs a rule for each argument', () => {
    const { x, w } = symbols();
    const f = customGradient((a: Sym, b: Sym) => add(a, b), [(_, { dy }) => dy]);
    expect(() => f(x, w)).to.throw(GradientRuleError, '1 rules for 2 arguments');
  });

  it('refuses a rule that gives another shape or dtype', () => {
    const g = new Graph();
    const whole = customGradient((a: Sym) => a, [(_, { dy }) => cast(dy, 'int32')]);
    expect(() => whole(g.placeholder('y', [2]))).to.throw(GradientRuleError, 'rule 0 gave int32[2]');
    const f = customGradient((a: Sym) => a, [(_, { dy }) => matMul(dy, dy, false, true)]);
    expect(() => f(g.placeholder('x', [2, 3]))).to.throw(
      GradientRuleError,
      'rule 0 gave float32[2, 2], which is no gradient of float32[2, 3]',
    );
  });

  it('costs nothing in a program: its function stands in its place', async () => {
    const { x } = symbols();
    const program = await compile({ y: softplus(x), dx: gradients(softplus(x), x) }, { backend: cpu });
    expect(toposort(Object.values(program.optimized.outputs)).map((n) => n.op.name)).to.not.include('Call');
    program.dispose();
  });
});

describe('checkGradient', () => {
  const options = { backend: cpu };
  const Cube = (slope: (x: Sym) => Sym) =>
    defineOp({
      name: 'Cube',
      inputs: ['x'],
      infer: ({ x }) => [x],
      lowering: [{ kind: 'composite', expand: ({ x }) => mul(x, square(x)) }],
      gradient: { x: ({ x }, { dy }) => mul(dy, slope(x)) },
    });

  it('passes rules that are right, for placeholders and variables', async () => {
    const { x, w } = symbols();
    await checkGradient(softplus(x), x, { x: X }, options);
    const y = Cube((v) => mul(square(v), 3)).node({ x: mul(tanh(x), w) });
    await checkGradient(y, { x, w }, { x: X }, options);
    await checkGradient(y, [x, w], { x: Float32Array.from(X) }, options);
  });

  it('finds rules that are wrong, and names the value', async () => {
    const { x, w } = symbols();
    const y = Cube((v) => mul(square(v), 2)).node({ x: mul(x, w) });
    for (const by of [x, w]) {
      const error = await checkGradient(y, by, { x: X }, options).catch((e: unknown) => e);
      expect(error).to.be.instanceOf(GradientMismatchError).and.include({ node: by.label });
      expect((error as Error).message).to.match(/along a random direction is .*; finite differences give /);
    }
  });

  it('finds a rule that is wrong in one element only', async () => {
    const { x } = symbols();
    const y = Cube((v) => mul(square(v), [3, 3, 3.2])).node({ x });
    const error = await checkGradient(y, x, { x: X }, options).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(GradientMismatchError);
  });

  it('leaves variables as they were, and nothing behind', async () => {
    const { x, w } = symbols();
    const before = cpu.memory().buffers;
    await checkGradient(mul(tanh(x), w), w, { x: X }, options);
    expect(cpu.memory().buffers).to.equal(before);
  });
});
