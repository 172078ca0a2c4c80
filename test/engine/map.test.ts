/** Map: a function over the leading axis, what it captures, and its gradients, which are Maps again. */
import { expect } from 'chai';
import { NullBackend } from '../../backends/null/module.ts';
import {
  type AnyOp,
  attr,
  compile,
  defineOp,
  type Feeds,
  Graph,
  gradients,
  type HostTensor,
  hvp,
  jacobian,
  map,
  NOT_DIFFERENTIABLE,
  type Plan,
  ShapeError,
  type Sym,
  toposort,
  trace,
} from '../../engine/index.ts';
import { catalogue } from '../../ops/catalogue.ts';
import {
  add,
  argMax,
  cast,
  exp,
  greater,
  matMul,
  mul,
  randomUniform,
  reshape,
  sin,
  square,
  sum,
  tanh,
} from '../../ops/index.ts';
import { HERE } from '../support/here.ts';
import { expectClose } from '../support/values.ts';

const OPS: readonly AnyOp[] = catalogue.flatMap(({ op }) => op ?? []);

const X = [
  [1, 2, 3],
  [4, 5, 6],
];
const symbols = () => {
  const g = new Graph();
  return { g, x: g.placeholder('x', ['$n', 3]), w: g.variable('w', [3], [0.5, -1, 2]) };
};
const steps = (plan: Plan): number =>
  plan.steps.reduce((n, step) => n + 1 + (step.kind === 'loop' ? steps(step.body) : 0), 0);

/** The sum over the leading axis of what a Function gives of each row. */
const Totals = defineOp({
  name: 'Totals',
  inputs: ['x'],
  attrs: { body: attr.fn() },
  infer: (_inputs, { body }) => body.results,
  lowering: [{ kind: 'loop', loop: ({ x }, { body }) => ({ body, count: x.shape[0]!, mapped: 1, stacked: 0 }) }],
  gradient: { x: NOT_DIFFERENTIABLE },
});
const types = ({ dtype, shape }: Sym) => ({ dtype, shape: shape.slice(1) });

for (const backend of HERE) {
  describe(`map on ${backend.name}`, () => {
    before(() => backend.start());

    /** Results of a run that leaves nothing behind. */
    async function run<O extends Record<string, Sym>>(
      outputs: O,
      feeds: Feeds,
    ): Promise<{ [K in keyof O]: HostTensor }> {
      const before = backend.memory().buffers;
      const program = await compile(outputs, { backend, verify: true });
      const results = await program.run(feeds);
      program.dispose();
      expect(backend.memory().buffers, 'buffers').to.equal(before);
      return results;
    }

    it('stacks the results', async () => {
      const { x } = symbols();
      const { rows, totals } = await run(
        { rows: map(x, (row) => mul(row, 2)), totals: map(x, (row) => sum(row)) },
        { x: X },
      );
      expect(rows.array()).to.deep.equal([
        [2, 4, 6],
        [8, 10, 12],
      ]);
      expect(totals.array()).to.deep.equal([6, 15]);
    });

    it('takes several values, and gives several results by name', async () => {
      const { g, x } = symbols();
      const y = g.placeholder('y', ['$n']);
      const { scaled, sums } = map([x, y], (row, factor) => ({
        scaled: mul(row, factor),
        sums: add(sum(row), factor),
      }));
      const results = await run({ scaled, sums }, { x: X, y: [10, 100] });
      expect(results.scaled.array()).to.deep.equal([
        [10, 20, 30],
        [400, 500, 600],
      ]);
      expect(results.sums.array()).to.deep.equal([16, 115]);
    });

    it('gives integers and bools too', async () => {
      const { x } = symbols();
      const results = await run(
        map(x, (row) => ({ at: argMax(row), large: greater(row, 3) })),
        { x: X },
      );
      expect(results.at.array()).to.deep.equal([2, 2]);
      expect(results.large.array()).to.deep.equal([
        [false, false, false],
        [true, true, true],
      ]);
    });

    it('captures a variable, whose gradient is a sum over the iterations', async () => {
      const { x, w } = symbols();
      const y = map(x, (row) => mul(sin(row), mul(w, w)));
      const { dx, dw } = await run({ dx: gradients(y, x), dw: gradients(y, w) }, { x: X });
      const W = [0.5, -1, 2];
      expectClose(
        dx.data,
        X.flatMap((row) => row.map((v, j) => Math.cos(v) * W[j]! ** 2)),
      );
      expectClose(
        dw.data,
        W.map((v, j) => X.reduce((s, row) => s + Math.sin(row[j]!) * 2 * v, 0)),
      );
    });

    it('has second derivatives, across what is mapped and what is captured', async () => {
      const { x, w } = symbols();
      const inMap = sum(map(x, (row) => mul(exp(mul(row, 0.3)), square(w))));
      const plain = sum(mul(exp(mul(x, 0.3)), square(w)));
      const vectors = {
        x: [
          [1, 0, -1],
          [0.5, 2, 1],
        ],
        w: [1, -2, 0.5],
      };
      const [a, b] = [hvp(inMap, { x, w }, vectors), hvp(plain, { x, w }, vectors)];
      const results = await run({ ax: a.x, aw: a.w, bx: b.x, bw: b.w }, { x: X });
      expectClose(results.ax.data, results.bx.data);
      expectClose(results.aw.data, results.bw.data);
    });

    it('may be nested, and then has second derivatives too', async () => {
      const g = new Graph();
      const [x, w] = [g.placeholder('x', ['$n', 2, 3]), g.variable('w', [3], [0.5, -1, 2])];
      const inMap = sum(map(x, (matrix) => map(matrix, (row) => tanh(mul(row, w)))));
      const plain = sum(tanh(mul(x, w)));
      const outputs = Object.fromEntries(
        [inMap, plain].flatMap((y, i) => [
          [`y${i}`, y],
          [`dw${i}`, gradients(y, w)],
          [`second${i}`, hvp(y, w, [1, 2, -1])],
        ]),
      );
      const results = await run(outputs, {
        x: [
          X,
          [
            [0.1, 0.2, 0.3],
            [-1, 0, 1],
          ],
        ],
      });
      for (const name of ['y', 'dw', 'second']) expectClose(results[`${name}0`]!.data, results[`${name}1`]!.data);
    });

    it('captures from the outermost graph what a nested body uses', async () => {
      const g = new Graph();
      const [x, w] = [g.placeholder('x', [2, 3]), g.variable('w', [], 10)];
      const h = mul(w, 2);
      const y = map(x, (row) => map(row, (v) => add(mul(v, h), sum(row))));
      expect((await run({ y }, { x: X })).y.array()).to.deep.equal(
        X.map((row) => row.map((v) => v * 20 + row.reduce((a, b) => a + b))),
      );
    });

    it('over nothing gives nothing, sums of nothing, and gradients of 0', async () => {
      const { x, w } = symbols();
      const y = map(x, (row) => ({ rows: mul(row, w), at: argMax(row) }));
      const none = { data: new Float32Array(0), shape: [0, 3], dtype: 'float32' as const };
      const { rows, at, dw, dx } = await run({ ...y, dw: gradients(y.rows, w), dx: gradients(y.rows, x) }, { x: none });
      expect([rows.shape, at.shape, dx.shape]).to.deep.equal([[0, 3], [0], [0, 3]]);
      expect(dw.array()).to.deep.equal([0, 0, 0]);
    });

    it('of rows without elements has none either', async () => {
      const x = new Graph().placeholder('x', [2, '$n']);
      const { y, total } = await run({ y: map(x, tanh), total: map(x, (row) => sum(row)) }, { x: [[], []] });
      expect(y.shape).to.deep.equal([2, 0]);
      expect(total.array()).to.deep.equal([0, 0]);
    });

    it('gives its elements, constants and captured values back where they are results', async () => {
      const { g, x, w } = symbols();
      const y = map(x, (row) => ({ row, w, same: w, one: g.constant(1), h: tanh(w) }));
      const { row, w: ws, same, one, h } = await run(y, { x: X });
      expect(row.array()).to.deep.equal(X);
      expect(ws.array()).to.deep.equal([
        [0.5, -1, 2],
        [0.5, -1, 2],
      ]);
      expect(same.array()).to.deep.equal(ws.array());
      expect(one.array()).to.deep.equal([1, 1]);
      expectClose(h.data, [0.5, -1, 2, 0.5, -1, 2].map(Math.tanh));
    });

    it('reads back from a document as it was', async () => {
      const { g, x, w } = symbols();
      const y = map(x, (row) => mul(matMul(reshape(row, [1, 3]), reshape(w, [3, 1])), row));
      const loss = g.name('loss', sum(y));
      const document = JSON.parse(JSON.stringify(g.toJSON({ loss, dw: gradients(loss, w) })));
      const { graph, outputs } = Graph.fromJSON(document, { ops: OPS });
      const again = hvp(outputs.loss!, graph.find('w'), [1, 2, 3]);
      const [ours, theirs] = [
        await run({ loss, dw: gradients(loss, w), h: hvp(loss, w, [1, 2, 3]) }, { x: X }),
        await run({ ...outputs, h: again }, { x: X }),
      ];
      for (const name of ['loss', 'dw', 'h'])
        expect([...theirs[name as 'h']!.data]).to.deep.equal([...ours[name as 'h'].data]);
    });

    it('is no more to the engine than another op that declares a loop', async () => {
      const { x } = symbols();
      const y = Totals.node({ x }, { body: trace(x.node.graph, [types(x)], ([row]) => [square(row!)]).fn });
      expect((await run({ y }, { x: X })).y.array()).to.deep.equal([17, 29, 45]);
    });

    it('shares a random draw between its iterations', async () => {
      const x = new Graph().placeholder('x', [3, 4]);
      const { y } = await run({ y: map(x, (row) => add(row, randomUniform([4]))) }, { x: Array(3).fill([0, 0, 0, 0]) });
      const [a, b, c] = y.array() as number[][];
      expect(a).to.deep.equal(b).and.deep.equal(c);
      expect(new Set(a).size).to.equal(4);
    });
  });
}

describe('map', () => {
  it('is one node, whatever its function does and whatever it is over', () => {
    const { x, w } = symbols();
    const y = map(x, (row) => tanh(mul(row, w)));
    expect(y.node.op.name).to.equal('Map');
    expect(toposort([y]).map((n) => n.op.name)).to.deep.equal(['Placeholder', 'Variable', 'Map']);
  });

  it('keeps literals in its body, and captures the rest, with what the user may differentiate by', () => {
    const { g, x, w } = symbols();
    const y = map(x, (row) => add(mul(row, w), add(g.constant([1, 2, 3]), 4)));
    expect(y.node.arity).to.deep.equal([1, 2]);
    const plain = map(x, (row) => mul(mul(row, [1, 2, 3]), 4));
    expect(plain.node.arity).to.deep.equal([1, 0]);
    const own = map(x, (row) => mul(mul(row, g.constant([1, 2, 3])), 4));
    expect(own.node.arity).to.deep.equal([1, 1]);
  });

  it('computes outside what does not depend on the element', () => {
    const { x, w } = symbols();
    const y = map(x, (row) => mul(row, exp(square(w))));
    expect(toposort([y]).map((n) => n.op.name)).to.include.members(['Square', 'Exp']);
  });

  it('shares one gradient node between elements and captured values', () => {
    const { x, w } = symbols();
    const y = map(x, (row) => tanh(mul(row, w)));
    const { x: dx, w: dw } = gradients(y, { x, w });
    expect(dx.node).to.equal(dw.node);
  });

  it('ends a path with the integers that it gives', () => {
    const { x } = symbols();
    const { whole } = map(x, (row) => ({ smooth: mul(row, 2), whole: cast(row, 'int32') }));
    expect(gradients(cast(whole, 'float32'), x).node.op.name).to.equal('Fill');
  });

  it('refuses scalars and several lengths', () => {
    const { g, x } = symbols();
    expect(() => map(sum(x), tanh)).to.throw(ShapeError, 'a scalar has no leading axis');
    expect(() => map([x, sum(x)], (a) => a)).to.throw(ShapeError);
    expect(() => map([g.placeholder('a', [2]), g.placeholder('b', [3])], (a, b) => add(a, b))).to.throw(
      ShapeError,
      'leading dim of mapped value 1',
    );
  });

  it('nests to any depth: its gradients do not cost twice as much for each level', () => {
    const depth = 20;
    const g = new Graph();
    const shape = Array.from({ length: depth }, () => 2);
    const [x, w] = [g.placeholder('x', shape), g.variable('w', [])];
    const nest = (v: Sym): Sym => (v.rank === 0 ? tanh(mul(v, w)) : map(v, nest));
    const { w: dw } = gradients(sum(nest(x)), { x, w });
    expect(gradients(dw, { x, w }).x.shape).to.deep.equal(shape);
  }).timeout(5000);
});

describe('a Jacobian', () => {
  it('has as many steps for 800 rows as for 8, and leaves nothing behind', async () => {
    const g = new Graph();
    const [x, w] = [g.placeholder('x', ['$n', 3]), g.variable('w', [3, 2])];
    const j = jacobian(tanh(matMul(x, w)), x);
    const backend = new NullBackend();
    const program = await compile({ j }, { backend });
    const [small, large] = [program.planFor({ n: 8 }), program.planFor({ n: 800 })];
    expect(steps(large)).to.equal(steps(small));
    expect(large.steps.find((s) => s.kind === 'loop')).to.have.property('count', 1600);
    program.dispose();
    expect(backend.memory().buffers).to.equal(0);
  });
});
