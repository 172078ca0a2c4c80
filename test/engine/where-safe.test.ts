/**
 * Where-safe gradients: what a Select does not choose gets exactly 0, though its own derivative is infinite or NaN there; to second
 * order, and through everything that lies between the Select and the singularity.
 */
import { expect } from 'chai';
import { cpu } from '../../backends/cpu/module.ts';
import { NullBackend } from '../../backends/null/module.ts';
import { customGradient, defineComposite, evaluate, Graph, gradients, hvp, type Sym } from '../../engine/index.ts';
import {
  abs,
  add,
  div,
  exp,
  greater,
  less,
  log,
  logicalAnd,
  mul,
  pow,
  reciprocal,
  sin,
  sqrt,
  square,
  sub,
  sum,
  tanh,
  transpose,
  where,
} from '../../ops/index.ts';
import { HERE } from '../support/here.ts';
import { expectClose } from '../support/values.ts';

const X = [-1, 0, 0.5, 2];

interface Case {
  readonly y: (x: Sym) => Sym;
  /** The first and second derivative of an element. */
  readonly d1: (x: number) => number;
  readonly d2: (x: number) => number;
}
const onPositive = (f: (x: number) => number) => (x: number) => (x > 0 ? f(x) : 0);
const positive = (x: Sym) => greater(x, 0);

const Composite = defineComposite({
  name: 'RootOf',
  inputs: ['x'],
  infer: ({ x }) => [x],
  lowering: [{ kind: 'composite', expand: ({ x }) => sqrt(mul(x, 2)) }],
  traits: { elementwise: true },
});

const logByRule = customGradient((v: Sym) => log(v), [([v], { dy }) => div(dy, v!)]);

const CASES: Record<string, Case> = {
  'where(x > 0, log(x), 0)': {
    y: (x) => where(positive(x), log(x), 0),
    d1: onPositive((x) => 1 / x),
    d2: onPositive((x) => -1 / x ** 2),
  },
  'where(x > 0, sqrt(x), 0)': {
    y: (x) => where(positive(x), sqrt(x), 0),
    d1: onPositive((x) => 0.5 / Math.sqrt(x)),
    d2: onPositive((x) => -0.25 * x ** -1.5),
  },
  'where(x > 0, 1 / x, x)': {
    y: (x) => where(positive(x), reciprocal(x), x),
    d1: (x) => (x > 0 ? -1 / x ** 2 : 1),
    d2: onPositive((x) => 2 / x ** 3),
  },
  'the else branch: where(x > 0, x, log(-x)), but for 0': {
    y: (x) => where(greater(x, -0.5), x, log(mul(x, -1))),
    d1: (x) => (x > -0.5 ? 1 : 1 / x),
    d2: (x) => (x > -0.5 ? 0 : -1 / x ** 2),
  },
  'x * where(x > 0, log(x), 0)': {
    y: (x) => mul(x, where(positive(x), log(x), 0)),
    d1: onPositive((x) => Math.log(x) + 1),
    d2: onPositive((x) => 1 / x),
  },
  'further down: where(x > 0, sin(exp(sqrt(x) * 2)), 1)': {
    y: (x) => where(positive(x), sin(exp(mul(sqrt(x), 2))), 1),
    d1: onPositive((x) => (Math.cos(Math.exp(2 * Math.sqrt(x))) * Math.exp(2 * Math.sqrt(x))) / Math.sqrt(x)),
    d2: onPositive((x) => {
      const [r, e] = [Math.sqrt(x), Math.exp(2 * Math.sqrt(x))];
      return (-Math.sin(e) * e * e + Math.cos(e) * e) / x - (0.5 * Math.cos(e) * e) / (x * r);
    }),
  },
  'two masks on one value: where(x > 0, sqrt(x), 0) + where(x > 1, sqrt(x), 0)': {
    y: (x) => {
      const root = sqrt(x);
      return add(where(positive(x), root, 0), where(greater(x, 1), root, 0));
    },
    d1: onPositive((x) => (x > 1 ? 2 : 1) * 0.5 * x ** -0.5),
    d2: onPositive((x) => (x > 1 ? 2 : 1) * -0.25 * x ** -1.5),
  },
  'nested: where(x > 0, where(x < 1, log(x), sqrt(x)), 0)': {
    y: (x) => where(positive(x), where(less(x, 1), log(x), sqrt(x)), 0),
    d1: onPositive((x) => (x < 1 ? 1 / x : 0.5 * x ** -0.5)),
    d2: onPositive((x) => (x < 1 ? -1 / x ** 2 : -0.25 * x ** -1.5)),
  },
  'nested with an op between: where(x > 0, tanh(where(x < 1, log(x), x)), 0)': {
    y: (x) => where(positive(x), tanh(where(less(x, 1), log(x), x)), 0),
    d1: onPositive((x) => (1 - Math.tanh(x < 1 ? Math.log(x) : x) ** 2) * (x < 1 ? 1 / x : 1)),
    d2: onPositive((x) => {
      const t = Math.tanh(x < 1 ? Math.log(x) : x);
      const slope = x < 1 ? 1 / x : 1;
      return -2 * t * (1 - t * t) * slope ** 2 - (x < 1 ? (1 - t * t) / x ** 2 : 0);
    }),
  },
  'a mask of several conditions': {
    y: (x) => where(logicalAnd(positive(x), less(x, 1)), log(x), 0),
    d1: (x) => (x > 0 && x < 1 ? 1 / x : 0),
    d2: (x) => (x > 0 && x < 1 ? -1 / x ** 2 : 0),
  },
  'below a composite that has no rules: where(x > 0, RootOf(log(x) + 5), 0)': {
    y: (x) => where(positive(x), Composite.node({ x: add(log(x), 5) }), 0),
    d1: onPositive((x) => 1 / Math.sqrt(2 * (Math.log(x) + 5)) / x),
    d2: onPositive((x) => {
      const s = 2 * (Math.log(x) + 5);
      return -(s ** -1.5) / x ** 2 - s ** -0.5 / x ** 2;
    }),
  },
  'inside of a composite that has no rules: where(x > 0, RootOf(x), 0)': {
    y: (x) => where(positive(x), Composite.node({ x }), 0),
    d1: onPositive((x) => 1 / Math.sqrt(2 * x)),
    d2: onPositive((x) => -((2 * x) ** -1.5)),
  },
  'a function with a gradient of its own: where(x > 0, f(x), 0)': {
    y: (x) => where(positive(x), logByRule(x), 0),
    d1: onPositive((x) => 1 / x),
    d2: onPositive((x) => -1 / x ** 2),
  },
  'a norm that is 0: where(x^2 > 0, sqrt(x^2), 0)': {
    y: (x) => where(greater(square(x), 0), sqrt(square(x)), 0),
    d1: Math.sign,
    d2: () => 0,
  },
  'powers: where(x > 0, x^-1.5, x)': {
    y: (x) => where(positive(x), pow(x, -1.5), x),
    d1: (x) => (x > 0 ? -1.5 * x ** -2.5 : 1),
    d2: onPositive((x) => 3.75 * x ** -3.5),
  },
};

for (const backend of HERE) {
  describe(`where-safe on ${backend.name}:`, () => {
    const run = <O extends Record<string, Sym>>(outputs: O, feeds: Record<string, number[] | number[][]>) =>
      evaluate(outputs, feeds, { backend, verify: true });

    for (const [name, { y: build, d1, d2 }] of Object.entries(CASES)) {
      it(name, async () => {
        const x = new Graph().placeholder('x', ['$n']);
        const y = sum(build(x));
        const { first, second } = await run({ first: gradients(y, x), second: hvp(y, x, 1) }, { x: X });
        expectClose(first.data, X.map(d1), 1e-4);
        expectClose(second.data, X.map(d2), 1e-4);
      });
    }

    it('a broadcast operand: where(m[2, 3], log(x[2, 1]) * w, 0)', async () => {
      const g = new Graph();
      const [x, m, w] = [g.placeholder('x', [2, 1]), g.placeholder('m', [2, 3]), g.placeholder('w', [3])];
      const y = where(greater(m, 0), mul(log(x), w), 0);
      const feeds = {
        x: [[0], [2]],
        m: [
          [0, 0, 0],
          [1, 0, 1],
        ],
        w: [1, 2, 3],
      };
      const { dx, dw, second } = await run(
        { dx: gradients(y, x), dw: gradients(y, w), second: hvp(sum(y), x, [[1], [1]]) },
        feeds,
      );
      expectClose(dx.data, [0, (1 + 3) / 2]);
      expectClose(second.data, [0, -(1 + 3) / 4]);
      expectClose(dw.data, [Math.log(2), 0, Math.log(2)]);
    });

    it('a value that some of its copies need: where(m[2, 3], log(x[1, 3]), 0)', async () => {
      const g = new Graph();
      const [x, m] = [g.placeholder('x', [1, 3]), g.placeholder('m', [2, 3])];
      const y = where(greater(m, 0), log(x), 0);
      const { dx, second } = await run(
        { dx: gradients(y, x), second: hvp(sum(y), x, 1) },
        {
          x: [[0, 2, 4]],
          m: [
            [0, 1, 1],
            [0, 0, 1],
          ],
        },
      );
      expectClose(dx.data, [0, 1 / 2, 2 / 4]);
      expectClose(second.data, [0, -1 / 4, -2 / 16]);
    });

    it('a mask that is broadcast: where(m[2, 1], log(x[3]), 0), and of fewer dims: where(m[3], log(x[2, 3]), 0)', async () => {
      const g = new Graph();
      const [x, m] = [g.placeholder('x', [3]), g.placeholder('m', [2, 1])];
      const [u, v] = [g.placeholder('u', [2, 3]), g.placeholder('v', [3])];
      const outputs = {
        none: gradients(where(greater(m, 5), log(x), 0), x),
        some: gradients(where(greater(m, 0), log(x), 0), x),
        columns: gradients(where(greater(v, 0), log(u), 0), u),
        none2: hvp(sum(where(greater(m, 5), log(x), 0)), x, 1),
        some2: hvp(sum(where(greater(m, 0), log(x), 0)), x, 1),
        columns2: hvp(sum(where(greater(v, 0), log(u), 0)), u, 1),
      };
      const { none, some, columns, none2, some2, columns2 } = await run(outputs, {
        x: [0, 1, 2],
        m: [[0], [1]],
        u: [
          [0, 1, 2],
          [0, 4, 5],
        ],
        v: [0, 1, 1],
      });
      expectClose(none.data, [0, 0, 0]);
      expectClose(some.data, [Infinity, 1, 0.5]);
      expectClose(columns.data, [0, 1, 0.5, 0, 0.25, 0.2]);
      expectClose(none2.data, [0, 0, 0]);
      expectClose(some2.data, [-Infinity, -1, -0.25]);
      expectClose(columns2.data, [0, -1, -0.25, 0, -1 / 16, -1 / 25]);
    });

    it('nested, of broadcast masks, in a product: x * where(m[2, 1], where(x > 0, RootOf(x) / x, 0), 0)', async () => {
      const g = new Graph();
      const [x, m] = [g.placeholder('x', [3]), g.placeholder('m', [2, 1])];
      const inner = where(positive(x), div(Composite.node({ x }), x), 0);
      const y = sum(mul(x, where(greater(m, 0), inner, 0)));
      const { first, second } = await run(
        { first: gradients(y, x), second: hvp(y, x, 1) },
        { x: [0, 2, 8], m: [[0], [1]] },
      );
      expectClose(first.data, [0, 1 / 2, 1 / 4]);
      expectClose(second.data, [0, -1 / 8, -1 / 64]);
    });

    it('a value that is needed elsewhere too keeps its singularity', async () => {
      const x = new Graph().placeholder('x', [2]);
      const root = sqrt(x);
      const { dx } = await run({ dx: gradients(add(where(greater(x, 1), root, 0), root), x) }, { x: [0, 4] });
      expectClose(dx.data, [Infinity, 0.5]);
    });

    it('through what moves elements: the mask goes where they go', async () => {
      const g = new Graph();
      const [x, m] = [g.placeholder('x', [2, 2]), g.placeholder('m', [2, 2])];
      const y = where(greater(m, 0), transpose(log(x)), 0);
      const { dx } = await run(
        { dx: gradients(y, x) },
        {
          x: [
            [1, 2],
            [4, 8],
          ],
          m: [
            [0, 1],
            [0, 0],
          ],
        },
      );
      expectClose(dx.data, [0, 0, 0.25, 0]);
    });

    it('sums of what was not chosen have the gradient 0', async () => {
      const x = new Graph().placeholder('x', [2]);
      const y = where(greater(sum(x), 10), div(sum(abs(x)), sub(sum(x), 3)), 1);
      expectClose((await run({ dx: gradients(y, x) }, { x: [1, 1] })).dx.data, [0, 0]);
    });

    it('the value itself is what tf gives', async () => {
      const x = new Graph().placeholder('x', ['$n']);
      const y = where(positive(x), log(x), -7);
      expect([...(await run({ y }, { x: [-1, 0, 1] })).y.data]).to.deep.equal([-7, -7, 0]);
    });
  });
}

it("a function of the user's under a where may ignore an argument of any shape", () => {
  const g = new Graph();
  const [x, other] = [g.placeholder('x', [3]), g.placeholder('other', ['$b', 4, 2])];
  const f = customGradient((a: Sym, _b: Sym) => log(a), [([a], { dy }) => div(dy, a!), ([, b]) => mul(0, b!)]);
  const { dx, dOther } = gradients(sum(where(positive(x), f(x, other), 0)), { dx: x, dOther: other });
  expect([dx.shape, dOther.shape]).to.deep.equal([x.shape, other.shape]);
});

it("a rule of the user's gets 0 where its function is not chosen", async () => {
  const x = new Graph().placeholder('x', [3]);
  const normalized = customGradient((a: Sym) => mul(a, 2), [(_inputs, { dy }) => div(dy, sum(dy))]);
  const dx = gradients(where(positive(x), normalized(x), 0), x);
  expectClose((await evaluate({ dx }, { x: [-1, 1, 2] }, { backend: cpu })).dx.data, [0, 0.5, 0.5]);
});

it('each x takes one Select, however many ops lie between', async () => {
  const x = new Graph().placeholder('x', [3]);
  const y = sum(where(positive(x), log(sqrt(x)), exp(mul(x, 2))));
  const first = gradients(y, x);
  const second = gradients(sum(first), x);
  for (const gradient of [first, second]) {
    const backend = new NullBackend();
    await evaluate({ gradient }, { x: [1, 2, 3] }, { backend });
    const kernels = backend.calls.map(({ kernel }) => kernel);
    expect(kernels.filter((kernel) => kernel === 'Select')).to.have.length(1);
  }
});
