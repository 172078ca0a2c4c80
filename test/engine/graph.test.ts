/** Building: interning, names, free values, call sites, topological order. */
import { expect } from 'chai';
import { cpu } from '../../backends/cpu/module.ts';
import {
  addN,
  Constant,
  compile,
  defineOp,
  fill,
  Graph,
  GraphError,
  gradients,
  lift,
  map,
  print,
  RandomState,
  Sum,
  type Sym,
  type SymLike,
  sumAxes,
  toposort,
} from '../../engine/index.ts';
import { add, eye, matMul, mul, neg, ones, randomUniform, reshape, split, sub, tanh, zeros } from '../../ops/index.ts';
import { caught, lineHere } from '../support/values.ts';

const symbols = () => {
  const g = new Graph();
  return { g, x: g.placeholder('x', ['$b', 2]), w: g.variable('w', [2, 2]) };
};

describe('interning', () => {
  it('makes an op over the same inputs once', () => {
    const { g, x, w } = symbols();
    const y = tanh(matMul(x, w));
    const count = g.nodes.length;
    expect(tanh(matMul(x, w))).to.equal(y);
    expect(g.nodes.length).to.equal(count);
  });

  it('tells inputs, their order, and outputs apart', () => {
    const { x } = symbols();
    const [a, b] = split(x, 2, 1) as [Sym, Sym];
    const all = new Set([sub(a, b), sub(b, a), sub(a, a), sub(b, b), neg(a), neg(b), addN([a, b]), addN([a, b, a])]);
    expect(all.size).to.equal(8);
  });

  it('tells attributes apart, given or by default', () => {
    const { x, w } = symbols();
    expect(matMul(x, w))
      .to.equal(matMul(x, w, false, false))
      .and.not.equal(matMul(x, w, false, true));
    expect(Sum.node({ x }, { axis: [1] })).to.equal(Sum.node({ x }, { axis: [1], keepDims: false }));
    expect(reshape(x, ['$b * 2'])).to.equal(reshape(x, ['2 * $b']));
  });

  it('tells 0 from -0, and takes NaN for itself', () => {
    const { x } = symbols();
    const literal = (value: number): Sym => add(x, value).node.inputs[1]!;
    expect(literal(0)).to.equal(literal(0)).and.not.equal(literal(-0));
    expect(literal(Number.NaN)).to.equal(literal(Number.NaN));
  });

  it('compares literals of up to 4 kB by content', () => {
    const { x } = symbols();
    const floats = (n: number) => new Float32Array(n).fill(0.5);
    const literal = (value: SymLike): Sym => add(reshape(x, [-1, 1]), value).node.inputs[1]!;
    expect(literal(floats(1024))).to.equal(literal(floats(1024)));
    expect(literal([[1, 2]])).to.not.equal(literal([1, 2]));
    expect(literal(floats(1025))).to.not.equal(literal(floats(1025)));
  });

  it('leaves constants that a user makes apart, and passes take them for one', async () => {
    const { g } = symbols();
    for (const make of [() => g.constant([2]), () => g.constant(2), () => zeros([1]), () => eye(2)])
      expect(make()).to.not.equal(make());
    const [a, b] = [g.constant([2]), g.constant([2])];
    const program = await compile(
      { y: mul(add(a, [1]), add(b, [1])) },
      { backend: cpu, passes: { 'fold-constants': false } },
    );
    const constants = toposort(Object.values(program.optimized.outputs)).filter(({ op }) => op === Constant);
    expect(constants.length).to.equal(2);
    program.dispose();
  });

  it('copies constants', () => {
    const { g } = symbols();
    const data = new Float32Array(2000);
    const c = g.constant(data);
    data[0] = 9;
    expect((c.node.attrs.data as Float32Array)[0]).to.equal(0);
  });

  it('takes Functions of one structure for one, wherever they were traced', () => {
    const { x, w } = symbols();
    const row = (r: Sym) => mul(r, w);
    expect(map(x, row))
      .to.equal(map(x, row))
      .and.not.equal(map(x, (r) => mul(w, r)));
  });
});

describe('names', () => {
  it('find values, and stand in labels', () => {
    const { g, x } = symbols();
    const h = g.name('h', tanh(x));
    expect(g.find('h')).to.equal(h);
    expect(h.label).to.equal('h');
    expect(tanh(h).label).to.match(/^Tanh_\d+$/);
  });

  it('find further outputs too', () => {
    const { g } = symbols();
    const [a, b, c] = split(g.placeholder('y', [3, 3]), 3, 1) as [Sym, Sym, Sym];
    g.name('left', a);
    expect(g.find(g.name('middle', b).label)).to.equal(b);
    expect([a.label, b.label, c.label]).to.deep.equal(['left', 'middle', 'left:2']);
    expect(print({ b })).to.contain('left, middle, left:2 = SplitV(');
    expect(caught(() => matMul(b, b)).message).to.contain("a = 'middle' (SplitV) float32[3, 1]");
  });

  it('have the names of the scopes around them', () => {
    const { g, x } = symbols();
    const w = g.scope('encoder', () => g.scope('dense', () => g.variable('w', [2, 2])));
    expect(w.label).to.equal('encoder/dense/w');
    const h = g.scope('encoder', () => g.name('h', tanh(x)));
    expect(g.find('encoder/h')).to.equal(h);
    expect(g.name('h', h), 'outside of it, a second name').to.equal(h);
  });

  it('end with their scope, also where it throws', () => {
    const { g } = symbols();
    expect(() => g.scope('broken', () => g.find('nothing'))).to.throw(GraphError);
    expect(g.placeholder('y', []).label).to.equal('y');
  });

  it('are given once: the error names the line of the first', () => {
    const { g } = symbols();
    const [, line] = [g.placeholder('y', []), lineHere()];
    for (const again of [() => g.placeholder('y', []), () => g.variable('y', []), () => g.name('y', fill([], 1))]) {
      expect(caught(again))
        .to.be.instanceOf(GraphError)
        .with.property('message')
        .that.matches(new RegExp(`'y' is taken by y float32\\[\\], made at .*${line}`));
    }
  });

  it('may be given to a value again', () => {
    const { g, x } = symbols();
    expect(g.name('x', x)).to.equal(x);
    expect(g.name('input', x)).to.equal(g.find('x'));
  });

  it('of variables can be shared, by one type', () => {
    const { g, w } = symbols();
    expect(g.variable('w', [2, 2], 0, { share: true })).to.equal(w);
    expect(() => g.variable('w', [2, 3], 0, { share: true })).to.throw(GraphError, 'cannot be shared as float32[2, 3]');
    expect(() => g.variable('x', [2, 2], 0, { share: true })).to.throw(GraphError, "'x' exists");
    expect(g.variables()).to.deep.equal([w]);
  });

  it('that are not there are an error that lists those that are', () => {
    expect(() => symbols().g.find('y')).to.throw(GraphError, "nothing is named 'y'; names: x, w");
  });
});

describe('free values', () => {
  it('are copied into a graph once', () => {
    const { g, x } = symbols();
    const z = zeros([2]);
    expect(z.node.graph).to.equal(undefined);
    const [sum, difference] = [add(x, z), sub(x, z)];
    expect(sum.node.inputs[1]).to.equal(difference.node.inputs[1]).and.not.equal(z);
    expect(sum.node.inputs[1]!.node.graph).to.equal(g);
  });

  it('may be made of free values, and go to as many graphs as use them', () => {
    const z = tanh(add(ones([2]), zeros([2])));
    expect(z.node.graph).to.equal(undefined);
    const copies = [symbols(), symbols()].map(({ g, x }) => {
      const used = add(x, z).node.inputs[1]!;
      expect(used.node.graph).to.equal(g);
      return used;
    });
    expect(copies[0]).to.not.equal(copies[1]);
  });

  it('are interned with what the graph has', () => {
    const { x } = symbols();
    expect(add(x, [0, 1]).node.inputs[1]).to.equal(mul(x, lift([0, 1])).node.inputs[1]);
  });

  it('of random ops get their stream per graph, at their first use', () => {
    const noise = [randomUniform([2]), randomUniform([2])] as const;
    expect(noise[0].node.attrs.stream).to.equal(undefined);
    const streams = ([a, b]: readonly [Sym, Sym]) => {
      const { x } = symbols();
      return [add(x, a), add(x, b), mul(x, a)].map((y) => y.node.inputs[1]!.node.attrs.stream);
    };
    expect(streams(noise)).to.deep.equal([0, 1, 0]);
    expect(streams([noise[1], noise[0]])).to.deep.equal([0, 1, 0]);
  });

  it('made inside of a scope belong to its graph', () => {
    const { g } = symbols();
    expect(g.scope('s', () => zeros([2])).node.graph).to.equal(g);
    expect(RandomState.node({}).node.graph).to.equal(undefined);
  });

  it('alone are compiled and differentiated in a graph of their own', async () => {
    const x = ones([2]);
    const y = mul(x, 3);
    expect(gradients(y, x).node.graph).to.not.equal(undefined);
    const program = await compile({ y }, { backend: cpu });
    expect((await program.run()).y.array()).to.deep.equal([3, 3]);
    program.dispose();
  });
});

describe('graphs', () => {
  it('do not mix', () => {
    const [a, b] = [symbols(), symbols()];
    const error = caught(() => add(a.x, b.w));
    expect(error).to.be.instanceOf(GraphError);
    expect(error.message).to.match(/^add: 'x' and 'w' belong to different graphs(.|\n)*\n {2}at .*graph\.test\.ts/);
    expect(() => a.g.name('other', b.x)).to.throw(GraphError, "'x' (made at");
    expect(() => gradients(a.x, b.x)).to.throw(GraphError, 'another graph');
  });

  it('do not mix in a program', async () => {
    const error = await compile({ a: symbols().x, b: symbols().x }, { backend: cpu }).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(GraphError);
  });

  it('take one definition of each name', () => {
    const twin = () =>
      defineOp({
        name: 'Twin',
        inputs: ['x'],
        infer: ({ x }) => [x],
        lowering: [{ kind: 'kernel' }],
        gradient: { x: (_, { dy }) => dy },
      });
    const [first, second] = [twin(), twin()];
    const { x } = symbols();
    const y = first.node({ x });
    expect(() => second.node({ x: y })).to.throw(GraphError, "two ops are named 'Twin'");
    expect(() => second.node({ x: symbols().x })).to.not.throw();
  });
});

describe('call sites', () => {
  const siteOf = (s: Sym) => s.node.site;

  it("are the user's line, not the library's", () => {
    const { x } = symbols();
    const [h, line] = [tanh(x), lineHere()];
    expect(siteOf(h)).to.match(new RegExp(`^test/engine/${line}:\\d+$`));
  });

  it('of placeholders, variables and constants too', () => {
    const g = new Graph();
    const [x, w, c, line] = [g.placeholder('x', []), g.variable('w', []), g.constant([1]), lineHere()];
    for (const s of [x, w, c]) expect(siteOf(s)).to.contain(line);
  });

  it('of a value made again are kept, up to 8', () => {
    const { x } = symbols();
    const made = Array.from({ length: 20 }, () => tanh(x));
    expect(new Set(made).size).to.equal(1);
    expect(made[0]!.node.sites).to.have.lengthOf(8);
  });

  it("of the user come before the engine's", () => {
    const { x, w } = symbols();
    const gradient = gradients(sumAxes(mul(matMul(x, w), 2), [0, 1]), w);
    const product = toposort([gradient]).find((n) => n.op.name === 'BatchMatMul')!;
    expect(product.sites).to.have.lengthOf(0);
    const [again, line] = [matMul(x, product.inputs[1]!, true), lineHere()];
    expect(again.node).to.equal(product);
    expect(product.site).to.contain(line);
  });

  it('of derived values are those of what they are derived from', () => {
    const { x } = symbols();
    const [y, line] = [tanh(x), lineHere()];
    const gradient = gradients(y, x);
    expect(gradient.node.sites).to.have.lengthOf(0);
    expect(siteOf(gradient)).to.contain(line);
  });

  it('in an error are those of the use', () => {
    const { g, w } = symbols();
    const h = tanh(g.placeholder('y', [3, 3]));
    const [error, line] = [caught(() => matMul(w, h)), lineHere()];
    expect(error).to.have.property('site').that.contains(line);
  });
});

describe('toposort', () => {
  it('lists what the roots depend on: once, and inputs before users', () => {
    const { g, x, w } = symbols();
    const h = matMul(x, w);
    const y = add(tanh(h), mul(h, h));
    neg(y);
    const order = toposort([y, h]);
    expect(new Set(order).size).to.equal(order.length);
    expect(order).to.have.lengthOf(g.nodes.length - 1);
    for (const node of order)
      for (const s of node.inputs) expect(order.indexOf(s.node)).to.be.lessThan(order.indexOf(node));
  });

  it('lists stop nodes, and not what they depend on', () => {
    const { x } = symbols();
    const h = tanh(x);
    expect(toposort([neg(h)], (n) => n === h.node)).to.deep.equal([h.node, neg(h).node]);
  });

  it('visits first inputs first', () => {
    const { x } = symbols();
    const [a, b] = [tanh(x), neg(x)];
    expect(toposort([sub(b, a)]).map((n) => n.op.name)).to.deep.equal(['Placeholder', 'Neg', 'Tanh', 'Sub']);
  });
});
