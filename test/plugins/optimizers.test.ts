/** Each optimizer against its published formula in float64, over 20 steps; and what all of them share. */
import type * as tfjs from '@tensorflow/tfjs-core';
import { expect } from 'chai';
import { sumAxes, variableName } from '../../engine/index.ts';
import {
  AttributeError,
  compile,
  DTypeError,
  evaluate,
  Graph,
  GraphError,
  gradients,
  hessian,
  NoPathError,
  type Program,
  ShapeError,
  type Sym,
  type Update,
} from '../../index.node.ts';
import { add, mul, norm as normOf, square, sub, sum } from '../../ops/index.ts';
import {
  accumulate,
  adadelta,
  adagrad,
  adam,
  adamax,
  adamW,
  clipByGlobalNorm,
  clipByValue,
  ema,
  globalNorm,
  momentum,
  nesterov,
  type Optimizer,
  rmsprop,
  schedules,
  sgd,
} from '../../plugins/optimizers/index.ts';

import { HERE } from '../support/here.ts';
import { tf, useTf } from '../support/tfjs.ts';

/** loss = sum(a (w - c)^2) / 2 over all elements of two variables: the gradient is a (w - c). */
const PROBLEM = {
  W: { shape: [2, 2], w: [0.5, -1.5, 2, 0.25], a: [1, 0.5, 2, 3], c: [1, 1, -1, 0.3] },
  b: { shape: [3], w: [0, 0.1, -0.1], a: [1.5, 0.1, 1], c: [-0.5, 2, 0.7] },
};
type Name = keyof typeof PROBLEM;
const NAMES = Object.keys(PROBLEM) as Name[];
const total = (x: Sym): Sym =>
  sumAxes(
    x,
    x.shape.map((_, i) => i),
  );

interface Built {
  readonly graph: Graph;
  readonly variables: Record<Name, Sym>;
  readonly loss: Sym;
}

function build(): Built {
  const graph = new Graph();
  const nested = (values: number[], shape: readonly number[]) =>
    shape.length === 1 ? values : [values.slice(0, 2), values.slice(2)];
  const variables = {} as Record<Name, Sym>;
  const terms = NAMES.map((name) => {
    const { shape, w, a, c } = PROBLEM[name];
    variables[name] = graph.variable(name, shape, nested(w, shape));
    return total(mul(mul(nested(a, shape), 0.5), square(sub(variables[name], nested(c, shape)))));
  });
  return { graph, variables, loss: add(terms[0]!, terms[1]!) };
}

const values = async (program: Program, names: readonly string[] = NAMES): Promise<number[]> =>
  (await Promise.all(names.map(async (n) => [...(await program.variables.get(n)).data]))).flat();
const run = (loss: Sym, updates: readonly Update[]) => compile({ loss }, { backend: 'cpu', updates });

async function train(make: () => Optimizer, steps = 20): Promise<number[]> {
  const { loss } = build();
  const program = await run(loss, make().minimize(loss));
  for (let i = 0; i < steps; i++) await program.run({}, { outputs: [] });
  const result = await values(program);
  program.dispose();
  return result;
}

/** The same in float64: `step` is one element's update, over a state that starts empty. */
type State = Record<string, number>;
function trainFloat64(step: (w: number, g: number, state: State, t: number) => number, steps = 20): number[] {
  return NAMES.flatMap((name) =>
    PROBLEM[name].w.map((start, i) => {
      const state: State = {};
      let w = start;
      for (let t = 1; t <= steps; t++) w = step(w, PROBLEM[name].a[i]! * (w - PROBLEM[name].c[i]!), state, t);
      return w;
    }),
  );
}

function expectClose(actual: readonly number[], expected: readonly number[], tolerance = 2e-6): void {
  expect(actual.length).to.equal(expected.length);
  for (const [i, e] of expected.entries()) {
    expect(actual[i], `element ${i}`).to.be.closeTo(e, tolerance * Math.max(1, Math.abs(e)));
  }
}

interface Row {
  readonly make: () => Optimizer;
  readonly step: (w: number, g: number, s: State, t: number) => number;
}
const average = (before: number | undefined, x: number, decay: number) => decay * (before ?? 0) + (1 - decay) * x;
const adamStep = (g: number, s: State, t: number, b1: number, b2: number, eps: number): number => {
  s.m = average(s.m, g, b1);
  s.v = average(s.v, g * g, b2);
  return s.m / (1 - b1 ** t) / (Math.sqrt(s.v / (1 - b2 ** t)) + eps);
};
const ROWS: Record<string, Row> = {
  sgd: { make: () => sgd({ learningRate: 0.1 }), step: (w, g) => w - 0.1 * g },
  momentum: {
    make: () => momentum({ learningRate: 0.05 }),
    step: (w, g, s) => {
      s.v = 0.9 * (s.v ?? 0) + g;
      return w - 0.05 * s.v;
    },
  },
  'momentum, nesterov': {
    make: () => nesterov({ learningRate: 0.05, momentum: 0.8 }),
    step: (w, g, s) => {
      s.v = 0.8 * (s.v ?? 0) + g;
      return w - 0.05 * (g + 0.8 * s.v);
    },
  },
  // Keras's form, with a rate that falls: an old step keeps its own rate
  'momentum of steps': {
    make: () =>
      momentum({
        learningRate: schedules.inverseTimeDecay({ initial: 0.1, decaySteps: 1, decayRate: 0.5 }),
        velocity: 'steps',
      }),
    step: (w, g, s, t) => {
      s.v = 0.9 * (s.v ?? 0) - (0.1 / (1 + 0.5 * (t - 1))) * g;
      return w + s.v;
    },
  },
  'momentum of steps, nesterov': {
    make: () => momentum({ learningRate: 0.1, velocity: 'steps', nesterov: true }),
    step: (w, g, s) => {
      s.v = 0.9 * (s.v ?? 0) - 0.1 * g;
      return w + 0.9 * s.v - 0.1 * g;
    },
  },
  adam: {
    make: () => adam({ learningRate: 0.1 }),
    step: (w, g, s, t) => w - 0.1 * adamStep(g, s, t, 0.9, 0.999, 1e-7),
  },
  'adam, other settings': {
    make: () => adam({ learningRate: 0.05, beta1: 0, beta2: 0.9, epsilon: 0.1 }),
    step: (w, g, s, t) => w - 0.05 * adamStep(g, s, t, 0, 0.9, 0.1),
  },
  adamW: {
    make: () => adamW({ learningRate: 0.1, weightDecay: 0.2 }),
    step: (w, g, s, t) => w - 0.1 * 0.2 * w - 0.1 * adamStep(g, s, t, 0.9, 0.999, 1e-8),
  },
  adamax: {
    make: () => adamax({ learningRate: 0.1 }),
    step: (w, g, s, t) => {
      s.m = average(s.m, g, 0.9);
      s.u = Math.max(0.999 * (s.u ?? 0), Math.abs(g));
      return w - (0.1 / (1 - 0.9 ** t)) * (s.m / (s.u + 1e-7));
    },
  },
  rmsprop: {
    make: () => rmsprop({ learningRate: 0.05 }),
    step: (w, g, s) => {
      s.s = average(s.s, g * g, 0.9);
      return w - (0.05 * g) / Math.sqrt(s.s + 1e-7);
    },
  },
  'rmsprop, momentum, epsilon outside': {
    make: () => rmsprop({ learningRate: 0.01, decay: 0.8, momentum: 0.5, epsilon: 1e-3, epsilonPlace: 'outside' }),
    step: (w, g, s) => {
      s.s = average(s.s, g * g, 0.8);
      s.d = 0.5 * (s.d ?? 0) + (0.01 * g) / (Math.sqrt(s.s) + 1e-3);
      return w - s.d;
    },
  },
  'rmsprop, centered': {
    make: () => rmsprop({ learningRate: 0.01, centered: true, epsilon: 1e-3 }),
    step: (w, g, s) => {
      s.s = average(s.s, g * g, 0.9);
      s.m = average(s.m, g, 0.9);
      return w - (0.01 * g) / Math.sqrt(s.s - s.m ** 2 + 1e-3);
    },
  },
  adagrad: {
    make: () => adagrad({ learningRate: 0.2 }),
    step: (w, g, s) => {
      s.a = (s.a ?? 0.1) + g * g;
      return w - (0.2 * g) / Math.sqrt(s.a + 1e-7);
    },
  },
  'adagrad as in PyTorch': {
    make: () => adagrad({ learningRate: 0.2, initialAccumulatorValue: 0, epsilon: 1e-10, epsilonPlace: 'outside' }),
    step: (w, g, s) => {
      s.a = (s.a ?? 0) + g * g;
      return w - (0.2 * g) / (Math.sqrt(s.a) + 1e-10);
    },
  },
  'adadelta as in tfjs': {
    make: () => adadelta({ learningRate: 0.5, epsilon: 1e-3, divisor: 'before' }),
    step: (w, g, s) => {
      const d = (Math.sqrt((s.u ?? 0) + 1e-3) / Math.sqrt((s.a ?? 0) + 1e-3)) * g;
      s.a = average(s.a, g * g, 0.95);
      s.u = average(s.u, d * d, 0.95);
      return w - 0.5 * d;
    },
  },
  'adadelta as in the paper, by default': {
    make: () => adadelta({ learningRate: 1, rho: 0.9, epsilon: 1e-3 }),
    step: (w, g, s) => {
      s.a = average(s.a, g * g, 0.9);
      const d = (Math.sqrt((s.u ?? 0) + 1e-3) / Math.sqrt(s.a + 1e-3)) * g;
      s.u = average(s.u, d * d, 0.9);
      return w - d;
    },
  },
};

describe('optimizers: 20 steps of each against its formula in float64', () => {
  for (const [name, { make, step }] of Object.entries(ROWS)) {
    it(name, async () => expectClose(await train(make), trainFloat64(step)));
  }
});

describe("optimizers: 20 steps of each with its defaults against tfjs's own", () => {
  const PAIRS: Record<string, readonly [() => Optimizer, () => tfjs.Optimizer]> = {
    sgd: [() => sgd({ learningRate: 0.1 }), () => tf.train.sgd(0.1)],
    momentum: [() => momentum({ learningRate: 0.1 }), () => tf.train.momentum(0.1, 0.9)],
    nesterov: [() => nesterov({ learningRate: 0.1 }), () => tf.train.momentum(0.1, 0.9, true)],
    adam: [() => adam(), () => tf.train.adam()],
    adamax: [() => adamax(), () => tf.train.adamax()],
    rmsprop: [() => rmsprop({ learningRate: 0.01 }), () => tf.train.rmsprop(0.01)],
    'rmsprop with momentum': [
      () => rmsprop({ learningRate: 0.01, decay: 0.8, momentum: 0.5 }),
      () => tf.train.rmsprop(0.01, 0.8, 0.5),
    ],
    adagrad: [() => adagrad({ learningRate: 0.1 }), () => tf.train.adagrad(0.1)],
    'adadelta, dividing by what was before': [() => adadelta({ divisor: 'before' }), () => tf.train.adadelta()],
  };
  before(() => useTf('cpu'));
  for (const [name, [make, makeTf]] of Object.entries(PAIRS)) {
    it(name, async () => {
      const expected = tf.tidy(() => {
        const weights = NAMES.map((n) => tf.variable(tf.tensor(PROBLEM[n].w)));
        const optimizer = makeTf();
        const loss = (): tfjs.Scalar =>
          tf.addN(
            NAMES.map((n, i) =>
              tf.sum(tf.mul(tf.mul(PROBLEM[n].a, 0.5), tf.square(tf.sub(weights[i]!, PROBLEM[n].c)))),
            ),
          );
        for (let i = 0; i < 20; i++) optimizer.minimize(loss, false, weights);
        return weights.flatMap((w) => [...w.dataSync()]);
      });
      expectClose(await train(make), expected, 1e-5);
    });
  }
});

describe("adadelta at the paper's rate of 1, on least squares of real measurements", () => {
  // Anscombe's first quartet: y = 3 + x / 2 fits best, with a sum of squares of 13.76; the curvatures are 22 and 2002
  const xs = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
  const ys = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
  const lossOf = (a: number, b: number): number => xs.reduce((s, x, i) => s + (a + b * x - ys[i]!) ** 2, 0);

  /** Zeiler's algorithm 1 in double precision, or with tfjs's divisor. */
  function inFloat64(steps: number, divisor: 'before' | 'after') {
    const w = [0, 0];
    const squares = [0, 0];
    const moves = [0, 0];
    for (let t = 0; t < steps; t++) {
      const errors = xs.map((x, i) => w[0]! + w[1]! * x - ys[i]!);
      const g = [errors.reduce((s, e) => s + 2 * e, 0), errors.reduce((s, e, i) => s + 2 * e * xs[i]!, 0)];
      for (const k of [0, 1]) {
        const before = squares[k]!;
        squares[k] = 0.95 * before + 0.05 * g[k]! ** 2;
        const divided = divisor === 'before' ? before : squares[k]!;
        const d = (Math.sqrt(moves[k]! + 1e-6) / Math.sqrt(divided + 1e-6)) * g[k]!;
        moves[k] = 0.95 * moves[k]! + 0.05 * d ** 2;
        w[k] = w[k]! - d;
      }
    }
    return w as [number, number];
  }

  for (const backend of ['cpu', 'wasm']) {
    it(`follows the paper in float64, and converges, on ${backend}`, async () => {
      const g = new Graph();
      const [x, y] = [g.constant(xs), g.constant(ys)];
      const [a, b] = [g.variable('a', []), g.variable('b', [])];
      const loss = sum(square(sub(add(a, mul(b, x)), y)));
      const step = await compile({}, { backend, updates: adadelta({ learningRate: 1, epsilon: 1e-6 }).minimize(loss) });
      const now = async () => [(await step.variables.get(a)).item(), (await step.variables.get(b)).item()] as const;
      let done = 0;
      for (const steps of [1, 20, 200, 4000]) {
        for (; done < steps; done++) await step.run();
        const [wanted, values] = [inFloat64(steps, 'after'), await now()];
        for (const k of [0, 1]) expect(values[k]).to.be.closeTo(wanted[k]!, 1e-3 * Math.max(1, Math.abs(wanted[k]!)));
      }
      expect(lossOf(0, 0)).to.be.above(660);
      expect(lossOf(...(await now()))).to.be.below(16);
      step.dispose();
    });
  }

  it("does not with tfjs's divisor, and neither does tfjs", async () => {
    expect(lossOf(...inFloat64(20, 'before'))).to.be.above(1e6);
    await useTf('cpu');
    const diverged = tf.tidy(() => {
      const w = [tf.variable(tf.scalar(0)), tf.variable(tf.scalar(0))] as const;
      const loss = (): tfjs.Scalar => tf.sum(tf.square(tf.sub(tf.add(w[0], tf.mul(w[1], xs)), ys)));
      const optimizer = tf.train.adadelta(1, 0.95, 1e-6);
      for (let t = 0; t < 20; t++) optimizer.minimize(loss, false, [...w]);
      return loss().dataSync()[0]!;
    });
    expect(diverged).to.satisfy((v: number) => !(v < 1e6));
  });
});

describe('optimizers: what is added to the graph', () => {
  const added = (make: () => Optimizer): { readonly variables: readonly string[]; readonly ops: readonly string[] } => {
    const { graph, loss } = build();
    const optimizer = make();
    const pairs = optimizer.gradients(loss);
    const before = graph.nodes.length;
    optimizer.apply(pairs);
    const nodes = graph.nodes.slice(before);
    return {
      variables: nodes.filter((n) => n.op.name === 'Variable').map((n) => n.label),
      ops: nodes.filter((n) => n.inputs.length > 0).map((n) => n.op.name),
    };
  };

  it('sgd: a product and a difference for each variable, and no state', () => {
    const { variables, ops } = added(() => sgd({ learningRate: 0.1 }));
    expect(variables).to.deep.equal([]);
    expect(ops).to.deep.equal(['Multiply', 'Sub', 'Multiply', 'Sub']);
  });

  it('adam: 12 for each variable, and 13 scalars whatever their number', () => {
    const { variables, ops } = added(() => adam());
    expect(variables).to.have.members(['W/adam/m', 'W/adam/v', 'b/adam/m', 'b/adam/v', 'adam/step']);
    expect(ops).to.have.lengthOf(13 + 2 * 12);
  });

  it('slots are not trainable, and have their names and types', () => {
    const { graph, loss } = build();
    adam({ name: 'mine' }).minimize(loss);
    const slot = graph.find('W/mine/m');
    expect(slot.shape).to.deep.equal([2, 2]);
    expect(slot.node.attrs.trainable).to.equal(false);
    expect(graph.find('mine/step').dtype).to.equal('int32');
  });

  it('one name, one state: building again adds nothing', () => {
    const { graph, loss } = build();
    const first = adam().minimize(loss);
    const count = graph.nodes.length;
    const second = adam().minimize(loss);
    expect(graph.nodes.length).to.equal(count);
    expect(second.map((u) => u.value)).to.deep.equal(first.map((u) => u.value));
  });
});

describe('optimizers: which variables are covered', () => {
  const names = (updates: readonly Update[]) => updates.map((u) => variableName(u.variable));

  it('the trainable ones that the loss depends on', () => {
    const { graph, loss, variables } = build();
    graph.variable('unrelated', [2]);
    const fixed = graph.variable('fixed', [], 1, { trainable: false });
    const count = graph.variable('count', [], 1, { dtype: 'int32' });
    const y = add(mul(loss, fixed), count);
    expect(names(sgd({ learningRate: 1 }).minimize(y))).to.deep.equal(['W', 'b']);
    expect(names(sgd({ learningRate: 1 }).minimize(y, (v) => v.rank === 1))).to.deep.equal(['b']);
    expect(names(sgd({ learningRate: 1 }).minimize(y, [variables.b]))).to.deep.equal(['b']);
    expect(names(sgd({ learningRate: 1 }).minimize(y, { fixed, b: variables.b }))).to.deep.equal(['fixed', 'b']);
  });

  it('what is listed and not reached is an error; so is nothing to train', () => {
    const { graph, loss, variables } = build();
    const lost = graph.variable('lost', [2]);
    const step = sgd({ learningRate: 1 });
    expect(() => step.minimize(loss, [lost])).to.throw(NoPathError, "'lost'");
    expect(() => step.minimize(loss, () => false)).to.throw(GraphError, 'frozen or left out');
    expect(() => sgd({ learningRate: 1, frozen: Object.values(variables) }).minimize(loss)).to.throw(
      GraphError,
      'frozen',
    );
    const g = new Graph();
    expect(() => step.minimize(total(g.placeholder('x', [2])))).to.throw(GraphError, 'no trainable variable');
    expect(() => step.minimize(loss, [loss])).to.throw(GraphError, 'is no variable');
    expect(() => step.minimize(variables.b)).to.throw(ShapeError, 'not a scalar');
    expect(() => step.minimize(loss, [1 as never])).to.throw(AttributeError, 'minimize: variables is');
  });

  it('frozen variables keep their values', async () => {
    const { loss, variables } = build();
    const program = await run(loss, sgd({ learningRate: 0.1, frozen: [variables.W] }).minimize(loss));
    await program.run();
    expectClose(await values(program, ['W']), PROBLEM.W.w);
    expect(await values(program, ['b'])).not.to.deep.equal(PROBLEM.b.w);
    program.dispose();
  });

  it('apply refuses gradients that do not fit', () => {
    const {
      graph,
      variables: { W, b },
    } = build();
    const step = sgd({ learningRate: 1 });
    expect(() => step.apply([{ variable: W, gradient: b }])).to.throw(ShapeError, "'W'");
    expect(() =>
      step.apply([
        { variable: W, gradient: W },
        { variable: W, gradient: W },
      ]),
    ).to.throw(GraphError, 'two gradients');
    expect(() => step.apply([])).to.throw(GraphError, 'nothing to train');
    const count = graph.variable('count', [2], 0, { dtype: 'int32' });
    expect(() => step.apply([{ variable: count, gradient: count }])).to.throw(DTypeError, 'int32');
    const other = new Graph().variable('other', [2]);
    expect(() =>
      step.apply([
        { variable: W, gradient: W },
        { variable: other, gradient: other },
      ]),
    ).to.throw(GraphError, 'different graphs');
  });
});

describe('optimizers: groups, rates and decay', () => {
  it('refuse a rate that is no number: a schedule gets a Sym', () => {
    const g = new Graph();
    const loss = sum(square(g.variable('w', [2], 1)));
    const schedule = ((step: number) => 0.1 / step) as never;
    expect(() => adam({ learningRate: schedule }).minimize(loss)).to.throw(
      AttributeError,
      'a schedule gets the step as a Sym',
    );
  });

  it('the first group that has a variable overrides its settings', async () => {
    const { loss, variables } = build();
    const updates = sgd({
      learningRate: 0.1,
      groups: [
        { variables: [variables.b], learningRate: 0.5 },
        { variables: () => true, learningRate: 0.25 },
      ],
    }).minimize(loss);
    const program = await run(loss, updates);
    await program.run();
    expectClose(
      await values(program, ['W']),
      PROBLEM.W.w.map((w, i) => w - 0.25 * PROBLEM.W.a[i]! * (w - PROBLEM.W.c[i]!)),
    );
    expectClose(
      await values(program, ['b']),
      PROBLEM.b.w.map((w, i) => w - 0.5 * PROBLEM.b.a[i]! * (w - PROBLEM.b.c[i]!)),
    );
    program.dispose();
  });

  it('adamW: what does not decay is trained as by adam', async () => {
    const options = { learningRate: 0.1, epsilon: 1e-8 };
    const plain = await train(() => adam(options));
    const excluded = await train(() => adamW({ ...options, weightDecay: 0.3, withoutDecay: (v) => v.rank < 2 }));
    const grouped = await train(() =>
      adamW({ ...options, weightDecay: 0.3, groups: [{ variables: (v) => v.rank < 2, weightDecay: 0 }] }),
    );
    expectClose(excluded.slice(4), plain.slice(4));
    expectClose(grouped, excluded);
    expect(Math.abs(excluded[0]! - plain[0]!)).to.be.greaterThan(1e-3);
  });

  it('a rate that is a variable changes without compiling again', async () => {
    const { graph, loss } = build();
    const rate = graph.variable('rate', [], 0.1, { trainable: false });
    const program = await run(loss, sgd({ learningRate: rate }).minimize(loss));
    await program.run();
    await program.variables.set('rate', 0);
    const before = await values(program);
    await program.run();
    expect(await values(program)).to.deep.equal(before);
    expect(before).not.to.deep.equal([...PROBLEM.W.w, ...PROBLEM.b.w]);
    program.dispose();
  });

  it('a schedule of your own gets the number of updates made so far', async () => {
    const { loss } = build();
    const seen: Sym[] = [];
    const updates = sgd({
      learningRate: (step) => {
        seen.push(step);
        return mul(step, 0.1);
      },
    }).minimize(loss);
    expect(seen).to.have.lengthOf(1);
    const program = await compile({ step: seen[0]! }, { backend: 'cpu', updates });
    expect((await program.run()).step.item()).to.equal(0);
    expect(await values(program)).to.deep.equal([...PROBLEM.W.w, ...PROBLEM.b.w].map(Math.fround));
    expect((await program.run()).step.item()).to.equal(1);
    program.dispose();
  });

  it('settings are checked', () => {
    expect(() => sgd({} as never)).to.throw(AttributeError, 'learningRate');
    expect(() => sgd({ learningRate: Number.NaN })).to.throw(AttributeError, 'learningRate');
    expect(() => adam({ beta1: 1 })).to.throw(AttributeError, 'beta1');
    expect(() => adam({ beta: 0.9 } as never)).to.throw(AttributeError, "'beta'");
    expect(() => rmsprop({ learningRate: 1, epsilonPlace: 'below' as never })).to.throw(
      AttributeError,
      'inside, outside',
    );
    expect(() => adam({ clipNorm: 0 })).to.throw(AttributeError, 'clipNorm');
    expect(() => adam({ groups: [{ variables: [], epsilon: 'x' as never }] })).to.throw(AttributeError, 'epsilon');
    const { loss, variables } = build();
    expect(() => sgd({ learningRate: variables.b }).minimize(loss)).to.throw(ShapeError, 'learning rate');
  });
});

describe('gradient clipping', () => {
  const gradientsOf = (name: Name) => PROBLEM[name].w.map((w, i) => PROBLEM[name].a[i]! * (w - PROBLEM[name].c[i]!));
  const all = [...gradientsOf('W'), ...gradientsOf('b')];
  const norm = Math.hypot(...all);

  async function clipped(options: { readonly clipValue?: number; readonly clipNorm?: number }): Promise<number[]> {
    const { loss } = build();
    const program = await run(loss, sgd({ learningRate: 1, ...options }).minimize(loss));
    await program.run();
    const after = await values(program);
    program.dispose();
    return [...PROBLEM.W.w, ...PROBLEM.b.w].map((w, i) => w - after[i]!);
  }

  it('by value', async () =>
    expectClose(
      await clipped({ clipValue: 0.75 }),
      all.map((g) => Math.max(-0.75, Math.min(0.75, g))),
    ));
  it('by global norm', async () =>
    expectClose(
      await clipped({ clipNorm: 0.5 }),
      all.map((g) => (g * 0.5) / norm),
    ));
  it('a smaller norm stays as it is', async () => expectClose(await clipped({ clipNorm: 100 }), all));
  it('by value first, then by norm', async () => {
    const limited = all.map((g) => Math.max(-0.75, Math.min(0.75, g)));
    expectClose(
      await clipped({ clipValue: 0.75, clipNorm: 0.5 }),
      limited.map((g) => (g * 0.5) / Math.hypot(...limited)),
    );
  });

  for (const backend of HERE) {
    it(`nothing that is not finite passes for clipped, on ${backend.name}`, async () => {
      const g = new Graph();
      const [x, z] = [g.placeholder('x', [2]), g.placeholder('z', [1])];
      const wanted = {
        norm: globalNorm({ x, z }),
        x: clipByGlobalNorm({ x, z }, 1).x,
        z: clipByGlobalNorm({ x, z }, 1).z,
        limited: clipByValue(x, -1, 1),
      };
      const at = async (values: readonly number[], other = 0) => {
        const out = await evaluate(wanted, { x: values, z: [other] }, { backend });
        return Object.fromEntries(Object.entries(out).map(([name, { data }]) => [name, [...data]]));
      };
      const nothing = { norm: [Number.NaN], x: [Number.NaN, Number.NaN], z: [Number.NaN] };
      expect(await at([Number.NaN, 1e6])).to.deep.equal({ ...nothing, limited: [Number.NaN, 1] });
      expect(await at([0, 1e6], Number.NaN)).to.deep.equal({ ...nothing, limited: [0, 1] });
      expect(await at([Infinity, 1])).to.deep.equal({ ...nothing, norm: [Infinity], limited: [1, 1] });
    });

    it(`norms whose squares float32 cannot hold, on ${backend.name}`, async () => {
      const g = new Graph();
      const x = g.placeholder('x', [2]);
      const wanted = { global: globalNorm([x, mul(x, 0)]), norm: normOf(x), clipped: clipByGlobalNorm(x, 1) };
      for (const size of [1e-30, 1e-20, 1e-3, 1, 1e18, 1e30, 5e37]) {
        const out = await evaluate(wanted, { x: [3 * size, -4 * size] }, { backend });
        expect(out.global.item() / size, `${size}`).to.be.closeTo(5, 2e-6);
        expect(out.norm.item() / size, `${size}`).to.be.closeTo(5, 2e-6);
        const factor = Math.min(1, 1 / (5 * size)) * size;
        expect(out.clipped.data[0]! / factor).to.be.closeTo(3, 2e-6);
        expect(out.clipped.data[1]! / factor).to.be.closeTo(-4, 2e-6);
      }
    });
  }

  it('keeps the form of what it is given, and is right at 0, derivatives too', async () => {
    const g = new Graph();
    const x = g.variable('x', [2], 0);
    const list = clipByGlobalNorm([x, mul(x, 2)], 1);
    const record = clipByValue({ x }, -1, 1);
    expect(list).to.have.lengthOf(2);
    expect(record.x.shape).to.deep.equal([2]);
    const dNorm = gradients(globalNorm([x]), { x });
    const dClipped = gradients(total(list[0]!), { x });
    const program = await compile(
      { norm: globalNorm({ x }), clipped: list[1]!, dNorm: dNorm.x, dClipped: dClipped.x },
      { backend: 'cpu' },
    );
    const out = await program.run();
    expect(out.norm.item()).to.equal(0);
    expect([...out.clipped.data]).to.deep.equal([0, 0]);
    expect([...out.dNorm.data]).to.deep.equal([0, 0]);
    expect([...out.dClipped.data]).to.deep.equal([1, 1]);
    program.dispose();
  });
});

describe('accumulation', () => {
  const K = 4;
  const rows = (count: number) => Array.from({ length: count }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);

  /** Mean loss of a linear model on a batch. */
  function model() {
    const graph = new Graph();
    const x = graph.placeholder('x', ['$n', 2]);
    const w = graph.variable('w', [2], [0.3, -0.2]);
    const errors = square(sub(sumAxes(mul(x, w), [1]), 1));
    return { graph, loss: mul(sumAxes(errors, [0]), 1 / 3), big: mul(sumAxes(errors, [0]), 1 / (3 * K)), w };
  }

  for (const [name, make] of Object.entries<() => Optimizer>({
    adam: () => adam({ learningRate: 0.1 }),
    'sgd with a schedule, clipped': () =>
      sgd({ learningRate: schedules.linearDecay({ initial: 0.5, decaySteps: 5 }), clipNorm: 0.3 }),
  })) {
    it(`${name}: ${K} micro-batches are one big batch, to 1e-6`, async () => {
      const a = model();
      const small = await run(a.loss, accumulate(make(), { steps: K }).minimize(a.loss));
      const b = model();
      const big = await run(b.big, make().minimize(b.big));
      const data = rows(3 * K * 5);
      for (let step = 0; step < 5; step++) {
        for (let k = 0; k < K; k++) {
          const before = await values(small, ['w']);
          const at = 3 * (step * K + k);
          await small.run({ x: data.slice(at, at + 3) });
          if (k < K - 1) expect(await values(small, ['w'])).to.deep.equal(before);
        }
        await big.run({ x: data.slice(3 * K * step, 3 * K * (step + 1)) });
        expectClose(await values(small, ['w']), await values(big, ['w']), 1e-6);
      }
      const state = big.variables.names().filter((n) => n !== 'w');
      expectClose(await values(small, state), await values(big, state), 1e-6);
      small.dispose();
      big.dispose();
    });
  }

  it('slots and the step counter change in every k-th run only', async () => {
    const { loss } = model();
    const program = await run(loss, accumulate(adam(), { steps: 3 }).minimize(loss));
    const steps: number[] = [];
    for (let i = 0; i < 7; i++) {
      await program.run({ x: rows(3) });
      steps.push((await program.variables.get('adam/step')).item());
    }
    expect(steps).to.deep.equal([0, 0, 1, 1, 1, 2, 2]);
    program.dispose();
  });

  it('one run for one step is the optimizer itself; other counts are checked', () => {
    const optimizer = adam();
    expect(accumulate(optimizer, { steps: 1 })).to.equal(optimizer);
    expect(() => accumulate(optimizer, { steps: 0 })).to.throw(AttributeError, 'steps');
    expect(() => accumulate(optimizer, { steps: 1.5 })).to.throw(AttributeError, 'steps');
  });
});

describe('moving averages of weights', () => {
  it('start at the first value and follow', async () => {
    const { loss } = build();
    const updates = sgd({ learningRate: 0.1 }).minimize(loss);
    const averaged = ema(updates, { decay: 0.75 });
    expect(Object.keys(averaged.averages)).to.deep.equal(['W', 'b']);
    const program = await run(loss, [...updates, ...averaged.updates]);
    let expected: number[] = [];
    for (let i = 0; i < 5; i++) {
      await program.run();
      const now = await values(program);
      expected = i === 0 ? now : expected.map((a, k) => a + 0.25 * (now[k]! - a));
      expectClose(await values(program, ['W/ema', 'b/ema']), expected);
    }
    program.dispose();
  });

  it('leave slots alone', () => {
    const { loss } = build();
    const { averages } = ema(adam().minimize(loss));
    expect(Object.keys(averages)).to.deep.equal(['W', 'b']);
    expect(() => ema([])).to.throw(GraphError);
    expect(() => ema(adam().minimize(loss), { decay: 1 })).to.throw(AttributeError, 'decay');
  });
});

describe('optimizers: differentiable as all else', () => {
  it('a step can be differentiated with respect to its rate', async () => {
    const { graph, loss, variables } = build();
    const rate = graph.variable('rate', [], 0.1, { trainable: false });
    const [update] = sgd({ learningRate: rate }).minimize(loss, [variables.b]);
    const { d } = gradients(total(update!.value), { d: rate });
    const program = await compile({ d }, { backend: 'cpu' });
    const expected = -PROBLEM.b.w.reduce((sum, w, i) => sum + PROBLEM.b.a[i]! * (w - PROBLEM.b.c[i]!), 0);
    expectClose([(await program.run()).d.item()], [expected]);
    program.dispose();
    expect(hessian(loss, variables.b).shape).to.deep.equal([3, 3]);
  });
});
