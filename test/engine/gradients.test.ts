/** Differentiation: which paths count, what rules' results become, and everything that is made of reverse mode. */
import { expect } from 'chai';
import { cpu } from '../../backends/cpu/module.ts';
import {
  addN,
  attr,
  type Backend,
  compile,
  DTypeError,
  defineComposite,
  defineOp,
  evaluate,
  type Feeds,
  Graph,
  GraphError,
  gradients,
  type HostTensor,
  hessian,
  hvp,
  jacobian,
  jvp,
  NOT_DIFFERENTIABLE,
  NoPathError,
  NotDifferentiableError,
  ShapeError,
  type Sym,
  stopGradient,
  toposort,
  vjp,
} from '../../engine/index.ts';
import {
  add,
  argMax,
  cast,
  cos,
  exp,
  floor,
  greater,
  log,
  matMul,
  mul,
  pow,
  reshape,
  sin,
  split,
  square,
  sum,
  tanh,
  transpose,
} from '../../ops/index.ts';
import { loadJudge } from '../../plugins/gradcheck/index.ts';
import { expectClose, slopeAlong } from '../support/values.ts';

const values = <O extends Record<string, Sym>>(outputs: O, feeds: Feeds = {}, backend: Backend = cpu) =>
  evaluate(outputs, feeds, { backend, verify: true });
const value = async (y: Sym, feeds: Feeds = {}): Promise<HostTensor> => (await values({ y }, feeds)).y;

const symbols = () => {
  const g = new Graph();
  return { g, x: g.placeholder('x', [3]), z: g.placeholder('z', [3]) };
};
const X = [0.5, -1.5, 2];

describe('the gradient is', () => {
  it('zero where y is flat in x', async () => {
    const { x } = symbols();
    for (const y of [floor(x), stopGradient(x), mul(stopGradient(x), 2)]) {
      const dx = gradients(y, x);
      expect(dx.node.op.name).to.equal('Fill');
      expect((await value(dx, { x: X })).array()).to.deep.equal([0, 0, 0]);
    }
  });

  it('zero where y depends on x through integers and bools only', async () => {
    const { x } = symbols();
    for (const y of [
      cast(cast(x, 'int32'), 'float32'),
      cast(greater(x, 0), 'float32'),
      cast(argMax(x), 'float32'),
      argMax(x),
    ])
      expect(gradients(y, x).node.op.name).to.equal('Fill');
  });

  it('that of the differentiable paths alone, where there are others too', async () => {
    const { x } = symbols();
    const y = add(mul(x, 3), mul(floor(x), cast(cast(x, 'int32'), 'float32')));
    expect((await value(gradients(y, x), { x: X })).array()).to.deep.equal([3, 3, 3]);
  });

  it('an error where there is no path at all, or zero if that is asked for', async () => {
    const { g, x, z } = symbols();
    expect(() => gradients(tanh(x), z)).to.throw(NoPathError, "does not depend on 'z'; pass { unconnected: 'zeros' }");
    expect(() => gradients(tanh(x), [x, z])).to.throw(NoPathError, "'z'");
    expect(() => gradients(x, tanh(x)), 'a user is no ancestor').to.throw(NoPathError);
    expect(() => gradients(g.constant([1, 2]), x)).to.throw(NoPathError);
    const [dx, dz] = gradients(tanh(x), [x, z], { unconnected: 'zeros' }) as [Sym, Sym];
    expect(dx.node.op.name).to.equal('Multiply');
    expect((await value(dz)).array()).to.deep.equal([0, 0, 0]);
  });

  it('an error on a path through an input that is not differentiable, and none beside it', () => {
    const Sealed = defineOp({
      name: 'Sealed',
      inputs: ['x', 'key'],
      infer: ({ x }) => [x],
      lowering: [{ kind: 'composite', expand: ({ x }) => x }],
      gradient: { x: (_, { dy }) => dy, key: NOT_DIFFERENTIABLE },
    });
    const { x, z } = symbols();
    const y = Sealed.node({ x, key: z });
    expect(() => gradients(y, z)).to.throw(NotDifferentiableError);
    expect(() => gradients(y, [x, z])).to.throw(NotDifferentiableError);
    expect(() => gradients(y, x)).to.not.throw();
    expect(() => gradients(Sealed.node({ x, key: floor(z) }), z)).to.throw(NotDifferentiableError);
    expect(() => gradients(Sealed.node({ x, key: stopGradient(z) }), x)).to.not.throw();
  });
});

describe('a cotangent', () => {
  it('is the sum over all uses of a value, in one AddN', async () => {
    const { x } = symbols();
    const dx = gradients(add(add(sin(x), mul(x, 2)), tanh(x)), x);
    expect(dx.node.op.name).to.equal('AddN');
    expect(dx.node.inputs).to.have.lengthOf(3);
    expectClose(
      (await value(dx, { x: X })).data,
      X.map((v) => Math.cos(v) + 2 + 1 - Math.tanh(v) ** 2),
    );
  });

  it('counts a value that is an input twice', async () => {
    const { x } = symbols();
    expect((await value(gradients(mul(x, x), x), { x: X })).array()).to.deep.equal(X.map((v) => 2 * v));
    expect((await value(gradients(addN([x, x, x]), x), { x: X })).array()).to.deep.equal([3, 3, 3]);
  });

  it('is summed once, however many paths run on below', () => {
    const { x } = symbols();
    const h = tanh(x);
    const dx = gradients(add(sin(h), cos(h)), x);
    const sums = toposort([dx]).filter((n) => n.op.name === 'AddN');
    expect(sums).to.have.lengthOf(1);
  });

  it('of an output that nothing used is zero', async () => {
    const { x } = symbols();
    const [a, , c] = split(x, 3) as [Sym, Sym, Sym];
    expect((await value(gradients(mul(a, 2), x), { x: X })).array()).to.deep.equal([2, 0, 0]);
    expect((await value(gradients(mul(a, c), x), { x: X })).array()).to.deep.equal([2, 0, 0.5]);
  });

  it('of a single output of several is its own', async () => {
    const { x } = symbols();
    const [a, b] = split(x, [1, 2]) as [Sym, Sym];
    const grads = gradients(sum(mul(a, b)), { a, b });
    const { a: da, b: db } = await values(grads, { x: X });
    expect(da.array()).to.deep.equal([0.5]);
    expect(db.array()).to.deep.equal([0.5, 0.5]);
    expect(() => gradients(a, b)).to.throw(NoPathError);
  });

  it('given as a scalar for a larger value is spread', async () => {
    const One = defineComposite({
      name: 'OneForAll',
      inputs: ['x'],
      infer: ({ x }) => [x],
      lowering: [{ kind: 'composite', expand: ({ x }) => x }],
      gradient: { x: () => 1 },
    });
    const { x } = symbols();
    expect((await value(gradients(One.node({ x }), x), { x: X })).array()).to.deep.equal([1, 1, 1]);
  });
});

describe('broadcasting is undone by summing:', () => {
  const B = 2; // what $b is bound to
  type Dims = readonly (number | '$b')[];
  const PATTERNS: readonly (readonly [a: Dims, b: Dims])[] = [
    [
      [2, 3],
      [2, 3],
    ],
    [[2, 3], [3]],
    [[3], [2, 3]],
    [
      [2, 3],
      [1, 3],
    ],
    [
      [2, 3],
      [2, 1],
    ],
    [
      [2, 1],
      [1, 3],
    ],
    [[2, 1], [3]],
    [[2, 3], []],
    [[2, 3], [1]],
    [
      [2, 3],
      [1, 1],
    ],
    [[1], [1]],
    [[1, 1], [1]],
    [
      [2, 1, 3],
      [4, 1],
    ],
    [
      [1, 3],
      [4, 2, 1],
    ],
    [['$b', 3], [3]],
    [
      ['$b', 3],
      ['$b', 1],
    ],
    [['$b', 1], [3]],
    [['$b', 3], []],
    [
      [3, 1],
      ['$b', 1, 2],
    ],
    [['$b'], [3, 1]],
    [['$b', '$b'], ['$b']],
    [
      ['$b', '$b'],
      ['$b', 1],
    ],
  ];
  const sizes = (dims: Dims): number[] => dims.map((d) => (d === '$b' ? B : d));
  const fill = (shape: readonly number[], f: (i: number) => number) => ({
    data: Float32Array.from({ length: shape.reduce((n, d) => n * d, 1) }, (_, i) => f(i)),
    shape,
    dtype: 'float32' as const,
  });

  /** d sum(w a b) / da and / db, by the definition: element by element of the product. */
  function byDefinition(a: number[], b: number[], va: Float32Array, vb: Float32Array, w: (i: number) => number) {
    const rank = Math.max(a.length, b.length);
    const pad = (s: number[]) => [...Array<number>(rank - s.length).fill(1), ...s];
    const [pa, pb] = [pad(a), pad(b)];
    const out = pa.map((d, i) => (d === 1 ? pb[i]! : d));
    const [da, db] = [new Float64Array(va.length), new Float64Array(vb.length)];
    const total = out.reduce((n, d) => n * d, 1);
    for (let flat = 0; flat < total; flat++) {
      let [rest, ia, ib, sa, sb] = [flat, 0, 0, 1, 1];
      for (let axis = rank - 1; axis >= 0; axis--) {
        const at = rest % out[axis]!;
        rest = Math.floor(rest / out[axis]!);
        if (pa[axis] !== 1) ia += at * sa;
        if (pb[axis] !== 1) ib += at * sb;
        sa *= pa[axis]!;
        sb *= pb[axis]!;
      }
      da[ia]! += w(flat) * vb[ib]!;
      db[ib]! += w(flat) * va[ia]!;
    }
    return { out, da, db };
  }

  for (const [a, b] of PATTERNS) {
    it(`[${a.join(', ')}] with [${b.join(', ')}]`, async () => {
      const g = new Graph();
      const [x, y] = [g.placeholder('x', a), g.placeholder('y', b)];
      const feeds = { x: fill(sizes(a), (i) => 1 + i), y: fill(sizes(b), (i) => 2 - 3 * i) };
      const w = (i: number) => 1 + (i % 5);
      const { out, da, db } = byDefinition(sizes(a), sizes(b), feeds.x.data, feeds.y.data, w);
      const product = mul(x, y);
      const weights = g.placeholder('w', product.shape);
      const grads = gradients(product, { x, y }, { dy: weights });
      expect(grads.x.shape).to.deep.equal(x.shape);
      expect(grads.y.shape).to.deep.equal(y.shape);
      const results = await values(grads, { ...feeds, w: fill(out, w) });
      expectClose(results.x.data, da);
      expectClose(results.y.data, db);
    });
  }
});

describe('gradients', () => {
  it('have the form of what they are taken by: one, a list, a record', () => {
    const { x, z } = symbols();
    const y = mul(x, z);
    const one = gradients(y, x);
    expect(gradients(y, [x, z])).to.deep.equal([one, gradients(y, z)]);
    expect(gradients(y, { z, x })).to.have.all.keys('x', 'z').and.include({ x: one });
    expect(gradients(y, [])).to.deep.equal([]);
  });

  it('may be taken by inner values, and by both those and what they are made of', async () => {
    const { x } = symbols();
    const h = sin(x);
    const { h: dh, x: dx } = await values(gradients(square(h), { h, x }), { x: X });
    expectClose(
      dh.data,
      X.map((v) => 2 * Math.sin(v)),
    );
    expectClose(
      dx.data,
      X.map((v) => 2 * Math.sin(v) * Math.cos(v)),
    );
  });

  it('of a value by itself are ones', async () => {
    const { x } = symbols();
    expect((await value(gradients(x, x))).array()).to.deep.equal([1, 1, 1]);
  });

  it('of a tensor are those of the sum of its elements', async () => {
    const { x } = symbols();
    const y = exp(mul(x, x));
    const { a, b } = await values({ a: gradients(y, x), b: gradients(sum(y), x) }, { x: X });
    expectClose(a.data, b.data);
  });

  it('take a cotangent: a Sym, an array, or a scalar for all elements', async () => {
    const { x, z } = symbols();
    const y = sin(x);
    const slopes = X.map(Math.cos);
    expectClose(
      (await value(gradients(y, x, { dy: z }), { x: X, z: [1, 2, 3] })).data,
      slopes.map((v, i) => v * (i + 1)),
    );
    expectClose(
      (await value(gradients(y, x, { dy: [3, 2, 1] }), { x: X })).data,
      slopes.map((v, i) => v * (3 - i)),
    );
    expectClose(
      (await value(gradients(y, x, { dy: 5 }), { x: X })).data,
      slopes.map((v) => v * 5),
    );
  });

  it('refuse a cotangent of another type', () => {
    const { g, x } = symbols();
    expect(() => gradients(sin(x), x, { dy: [1, 2] })).to.throw(ShapeError, 'dy is float32[2], but y');
    expect(() => gradients(sin(x), x, { dy: g.constant([1, 2, 3], 'int32') })).to.throw(ShapeError, 'dy is int32[3]');
    expect(() => gradients(sin(x), cast(x, 'int32'))).to.throw(DTypeError);
  });

  it('can be differentiated again, and again', async () => {
    const { x } = symbols();
    let y = sin(mul(x, 2));
    for (let order = 1; order <= 5; order++) y = gradients(y, x);
    expectClose(
      (await value(y, { x: X })).data,
      X.map((v) => 32 * Math.cos(2 * v)),
      1e-4,
    );
  });
});

describe('vjp', () => {
  it('is the sum over several ys, each with its cotangent', async () => {
    const { x, z } = symbols();
    const ys = { s: sin(x), p: mul(x, z), total: sum(z) };
    const { x: dx, z: dz } = await values(vjp(ys, { s: 2, p: [1, 2, 3], total: 10 }, { x, z }), { x: X, z: [4, 5, 6] });
    expectClose(
      dx.data,
      X.map((v, i) => 2 * Math.cos(v) + (i + 1) * (4 + i)),
    );
    expectClose(
      dz.data,
      X.map((v, i) => v * (i + 1) + 10),
    );
  });

  it('needs a cotangent for each', () => {
    const { x } = symbols();
    expect(() => vjp({ a: sin(x), b: cos(x) }, { a: 1 } as never, x)).to.throw(GraphError, "no value is given for 'b'");
  });

  it('finds a path from any of the ys', () => {
    const { x, z } = symbols();
    expect(() => vjp([sin(x), cos(z)], [1, 1], [x, z])).to.not.throw();
    expect(() => vjp([sin(x)], [1], [x, z])).to.throw(NoPathError);
  });
});

/** A scalar function of a matrix and a vector in which everything depends on everything. */
function entangled(g: Graph) {
  const [a, b] = [g.placeholder('a', [2, 3]), g.placeholder('b', [3])];
  const h = tanh(add(matMul(a, transpose(a)), sum(mul(a, b))));
  return { a, b, h, y: sum(mul(square(h), add(exp(sum(b)), h))) };
}
const A = [0.3, -0.2, 0.5, 0.1, 0.7, -0.4];
const Bs = [0.2, -0.3, 0.4];
const asFeeds = (flat: readonly number[]) => ({
  a: { data: Float64Array.from(flat.slice(0, 6)) as never, shape: [2, 3], dtype: 'float32' as const },
  b: { data: Float64Array.from(flat.slice(6)) as never, shape: [3], dtype: 'float32' as const },
});
const POINT = [...A, ...Bs];

/** A function of a and b, flattened, in double precision. */
async function inDoubles(outputs: Record<string, Sym>) {
  const { backend } = await loadJudge();
  const program = await compile(outputs, { backend });
  const at = (flat: readonly number[]): number[] =>
    Object.values(program.runSync(asFeeds(flat))).flatMap((t) => [...t.data]);
  return { at, program };
}

describe('jvp', () => {
  const V = [1, -0.5, 0.25, 2, 0, -1, 0.5, 1, -2];

  it('is the derivative along the tangents', async () => {
    const { a, b, h } = entangled(new Graph());
    const along = jvp(h, { a, b }, { a: [V.slice(0, 3), V.slice(3, 6)], b: V.slice(6) });
    expect(along.shape).to.deep.equal(h.shape);
    const [f, derivative] = [await inDoubles({ h }), await inDoubles({ along })];
    expectClose(derivative.at(POINT), slopeAlong(f.at, POINT, V, 1e-5), 1e-8);
    f.program.dispose();
    derivative.program.dispose();
  });

  it('is the Jacobian times the tangent', async () => {
    const g = new Graph();
    const { b, h } = entangled(g);
    const v = g.placeholder('v', [3]);
    const product = sum(mul(jacobian(h, b), v), 2);
    const feeds = { a: [A.slice(0, 3), A.slice(3)], b: Bs, v: [1, 2, -1] };
    const { j, p } = await values({ j: jvp(h, b, v), p: product }, feeds);
    expectClose(j.data, p.data);
  });

  it('of a linear function is the function', async () => {
    const { x, z } = symbols();
    expect((await value(jvp(mul(x, 3), x, z), { z: X })).array()).to.deep.equal(X.map((v) => 3 * v));
  });

  it('of a function that is flat is zero', async () => {
    const { x } = symbols();
    expect((await value(jvp(floor(x), x, 1))).array()).to.deep.equal([0, 0, 0]);
  });

  it('spreads a scalar tangent, needs one for each x, and a path', () => {
    const { x, z } = symbols();
    expect(jvp(sin(x), x, 1).shape).to.deep.equal([3]);
    expect(() => jvp(mul(x, z), { x, z }, { x: 1 } as never)).to.throw(GraphError, "'z'");
    expect(() => jvp(mul(x, z), x, [1, 2])).to.throw(ShapeError);
    expect(() => jvp(sin(x), z, 1)).to.throw(NoPathError);
  });
});

describe('jacobian', () => {
  it('of a product of matrices by one of them has four axes: P_ik delta_jl', async () => {
    const g = new Graph();
    const [p, q] = [g.placeholder('p', [2, 3]), g.placeholder('q', [3, 4])];
    const j = jacobian(matMul(p, q), { p, q });
    expect(j.q.shape).to.deep.equal([2, 4, 3, 4]);
    const P = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    const Q = [0, 1, 2].map((k) => [0, 1, 2, 3].map((l) => k * 4 + l - 5));
    const { p: dp, q: dq } = await values(j, { p: P, q: Q });
    const indices = (...sizes: number[]): number[][] =>
      sizes.reduce<number[][]>((all, n) => all.flatMap((i) => Array.from({ length: n }, (_, k) => [...i, k])), [[]]);
    expect([...dq.data]).to.deep.equal(indices(2, 4, 3, 4).map(([i, j, k, l]) => (j === l ? P[i!]![k!]! : 0)));
    expect([...dp.data]).to.deep.equal(indices(2, 4, 2, 3).map(([i, j, k, l]) => (i === k ? Q[l!]![j!]! : 0)));
  });

  it('is of the shape [...y, ...x], for any shapes', async () => {
    const g = new Graph();
    const x = g.placeholder('x', [2, 1, 2]);
    const cases = { scalar: sum(square(x)), vector: reshape(x, [4]), itself: sin(x) };
    const shapes = Object.fromEntries(
      Object.entries(
        await values(Object.fromEntries(Object.entries(cases).map(([n, y]) => [n, jacobian(y, x)])), {
          x: [[[1, 2]], [[3, 4]]],
        }),
      ).map(([n, j]) => [n, j.shape]),
    );
    expect(shapes).to.deep.equal({ scalar: [2, 1, 2], vector: [4, 2, 1, 2], itself: [2, 1, 2, 2, 1, 2] });
  });

  it('takes unknown dims', async () => {
    const x = new Graph().placeholder('x', ['$b', 2]);
    const j = jacobian(sum(square(x), 1), x);
    expect(j.shape.join()).to.equal('$b,$b,2');
    const result = await value(j, {
      x: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    });
    expect(result.array()).to.deep.equal(
      [0, 1, 2].map((i) =>
        [
          [2, 4],
          [6, 8],
          [10, 12],
        ].map((row, k) => (i === k ? row : [0, 0])),
      ),
    );
  });

  it('of nothing is empty, and by nothing too', async () => {
    const x = new Graph().placeholder('x', ['$b']);
    const none = { x: { data: new Float32Array(0), shape: [0], dtype: 'float32' as const } };
    expect((await value(jacobian(sin(x), x), none)).shape).to.deep.equal([0, 0]);
    expect((await value(jacobian(mul(sum(x), [1, 2]), x), none)).shape).to.deep.equal([2, 0]);
  });

  it('keeps zero and no path apart', async () => {
    const { g, x, z } = symbols();
    expect((await value(jacobian(floor(x), x), { x: X })).array()).to.deep.equal([
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(() => jacobian(sin(x), z)).to.throw(NoPathError, "'z'");
    expect(jacobian(sin(x), z, { unconnected: 'zeros' }).shape).to.deep.equal([3, 3]);
    expect(() => jacobian(g.constant([1], 'int32'), x)).to.throw(DTypeError);
  });

  it('of a Jacobian is the second derivative', async () => {
    const { x } = symbols();
    const j = await value(jacobian(jacobian(sin(x), x), x), { x: X });
    const expected = [0, 1, 2].flatMap((i) =>
      [0, 1, 2].flatMap((k) => [0, 1, 2].map((l) => (i === k && k === l ? -Math.sin(X[i]!) : 0))),
    );
    expectClose(j.data, expected);
  });
});

describe('hessian', () => {
  it('has a block for each pair, and all together are symmetric and what finite differences give', async () => {
    const { a, b, y } = entangled(new Graph());
    const H = hessian(y, { a, b });
    expect(H.a.b.shape).to.deep.equal([2, 3, 3]);
    const [gradient, blocks] = [
      await inDoubles(gradients(y, { a, b })),
      await inDoubles({ aa: H.a.a, ab: H.a.b, ba: H.b.a, bb: H.b.b }),
    ];
    const flat = blocks.at(POINT);
    const [aa, ab, ba, bb] = [flat.slice(0, 36), flat.slice(36, 54), flat.slice(54, 72), flat.slice(72)];
    const full = Array.from({ length: 9 }, (_, i) =>
      Array.from({ length: 9 }, (_, j) =>
        i < 6 ? (j < 6 ? aa[i * 6 + j]! : ab[i * 3 + j - 6]!) : j < 6 ? ba[(i - 6) * 6 + j]! : bb[(i - 6) * 3 + j - 6]!,
      ),
    );
    for (let j = 0; j < 9; j++) {
      const unit = POINT.map((_, k) => (k === j ? 1 : 0));
      expectClose(
        full.map((row) => row[j]!),
        slopeAlong(gradient.at, POINT, unit, 1e-5),
        1e-7,
      );
      expectClose(
        full[j]!,
        full.map((row) => row[j]!),
        1e-12,
      );
    }
    gradient.program.dispose();
    blocks.program.dispose();
  });

  it('of one value is its block, and blocks that are zero are there', async () => {
    const { x, z } = symbols();
    const y = add(sum(pow(x, 3)), sum(z));
    expectClose((await value(hessian(y, x), { x: X })).data, [3, 0, 0, 0, -9, 0, 0, 0, 12]);
    const H = hessian(y, { x, z });
    const { xz, zz } = await values({ xz: H.x.z, zz: H.z.z }, { x: X });
    for (const block of [xz, zz]) expect([...block.data]).to.deep.equal(Array(9).fill(0));
  });

  it('takes a scalar only', () => {
    const { x } = symbols();
    expect(() => hessian(sin(x), x)).to.throw(ShapeError, 'not a scalar');
    expect(() => hvp(sin(x), x, [1, 2, 3])).to.throw(ShapeError, 'not a scalar');
  });
});

describe('hvp', () => {
  it('is the Hessian times the vectors, over all blocks', async () => {
    const { a, b, y } = entangled(new Graph());
    const V = {
      a: [
        [1, -1, 2],
        [0.5, 0, -2],
      ],
      b: [1, 0.5, -0.25],
    };
    const products = hvp(y, { a, b }, V);
    const H = hessian(y, { a, b });
    const feeds = { a: [A.slice(0, 3), A.slice(3)], b: Bs };
    const { pa, pb, aa, ab, ba, bb } = await values(
      { pa: products.a, pb: products.b, aa: H.a.a, ab: H.a.b, ba: H.b.a, bb: H.b.b },
      feeds,
    );
    const times = (m: HostTensor, v: readonly number[], row: number) =>
      v.reduce((s, value, j) => s + m.data[row * v.length + j]! * value, 0);
    const [va, vb] = [V.a.flat(), V.b];
    expectClose(
      pa.data,
      va.map((_, i) => times(aa, va, i) + times(ab, vb, i)),
      1e-4,
    );
    expectClose(
      pb.data,
      vb.map((_, i) => times(ba, va, i) + times(bb, vb, i)),
      1e-4,
    );
  });

  it('is zero for what y is linear in', async () => {
    const { x } = symbols();
    expect((await value(hvp(sum(mul(x, 3)), x, [1, 1, 1]))).array()).to.deep.equal([0, 0, 0]);
  });
});

describe('stopGradient', () => {
  it('holds a value constant, and leaves other paths alone', async () => {
    const { x } = symbols();
    expect((await value(gradients(mul(x, stopGradient(x)), x), { x: X })).array()).to.deep.equal(X);
    expect((await value(stopGradient(x), { x: X })).array()).to.deep.equal(X);
  });
});

describe('a composite without rules', () => {
  const LogSumExp2 = defineComposite({
    name: 'LogSumExp2',
    inputs: ['a', 'b'],
    infer: ({ a }) => [a],
    lowering: [{ kind: 'composite', expand: ({ a, b }) => log(add(exp(a), exp(b))) }],
  });
  const Polar = defineComposite({
    name: 'ToCartesian',
    inputs: ['r', 'phi'],
    outputs: ['x', 'y'],
    attrs: { turns: attr.bool(false) },
    infer: ({ r }) => [r, r],
    lowering: [{ kind: 'composite', expand: ({ r, phi }) => [mul(r, cos(phi)), mul(r, sin(phi))] }],
  });

  it('has the gradient of what it is made of', async () => {
    const { x, z } = symbols();
    const own = gradients(LogSumExp2.node({ a: x, b: mul(z, 2) }), { x, z });
    const parts = gradients(log(add(exp(x), exp(mul(z, 2)))), { x, z });
    const { a, b, c, d } = await values({ a: own.x, b: own.z, c: parts.x, d: parts.z }, { x: X, z: [1, 0, -1] });
    expectClose(a.data, c.data);
    expectClose(b.data, d.data);
  });

  it('may get one value twice', async () => {
    const { x } = symbols();
    expectClose((await value(gradients(LogSumExp2.node({ a: x, b: x }), x), { x: X })).data, [1, 1, 1]);
  });

  it('may have several outputs, of which some are not used', async () => {
    const { x, z } = symbols();
    const [px, py] = Polar.nodes({ r: x, phi: z }) as [Sym, Sym];
    const grads = { one: gradients(py, z), both: gradients(add(px, mul(py, 2)), x) };
    const { one, both } = await values(grads, { x: X, z: [0, 1, 2] });
    expectClose(
      one.data,
      X.map((r, i) => r * Math.cos(i)),
    );
    expectClose(
      both.data,
      X.map((_, i) => Math.cos(i) + 2 * Math.sin(i)),
    );
  });

  it('has second derivatives too', async () => {
    const { x } = symbols();
    const twice = gradients(gradients(LogSumExp2.node({ a: x, b: mul(x, -1) }), x), x);
    expectClose(
      (await value(twice, { x: X })).data,
      X.map((v) => 1 / Math.cosh(v) ** 2),
    );
  });

  it('with rules of its own is differentiated by them', async () => {
    const Twisted = defineComposite({
      name: 'Twisted',
      inputs: ['x'],
      infer: ({ x }) => [x],
      lowering: [{ kind: 'composite', expand: ({ x }) => sin(x) }],
      gradient: { x: (_, { dy }) => mul(dy, 7) },
    });
    const { x } = symbols();
    expect((await value(gradients(Twisted.node({ x }), x))).array()).to.deep.equal([7, 7, 7]);
  });
});

describe("{ unconnected: 'zeros' }", () => {
  // y = sum of x^3; z is another placeholder, which y does not depend on
  const build = () => {
    const { g, x, z } = symbols();
    return { g, x, z, y: sum(mul(square(x), x)) };
  };
  type Built = ReturnType<typeof build>;
  type Options = Parameters<typeof hvp>[3];
  /** Each function of y by [x, z], and by z alone; and what it is at x = [1, 2, 3] with the vectors [1, 1, 1]. */
  const FUNCTIONS: Record<string, (b: Built, options?: Options) => readonly [both: readonly Sym[], alone: Sym]> = {
    gradients: ({ y, x, z }, o) => [gradients(y, [x, z], o), gradients(y, z, o)],
    vjp: ({ y, x, z }, o) => [vjp(y, 1, [x, z], o), vjp(y, 1, z, o)],
    jacobian: ({ y, x, z }, o) => [jacobian(y, [x, z], o), jacobian(y, z, o)],
    jvp: ({ y, x, z }, o) => [[jvp(y, [x, z], [ONES, ONES], o)], jvp(y, z, ONES, o)],
    hvp: ({ y, x, z }, o) => [hvp(y, [x, z], [ONES, ONES], o), hvp(y, z, ONES, o)],
    hessian: ({ y, x, z }, o) => [hessian(y, [x, z], o).flat(), hessian(y, z, o)],
  };
  const ONES = [1, 1, 1];
  const ZEROS = [0, 0, 0];
  const EXPECTED: Record<string, readonly (readonly number[])[]> = {
    gradients: [[3, 12, 27], ZEROS, ZEROS],
    vjp: [[3, 12, 27], ZEROS, ZEROS],
    jacobian: [[3, 12, 27], ZEROS, ZEROS],
    jvp: [[42], [0]],
    hvp: [[6, 12, 18], ZEROS, ZEROS],
    hessian: [[6, 0, 0, 0, 12, 0, 0, 0, 18], ...Array.from({ length: 4 }, () => Array<number>(9).fill(0))],
  };
  for (const [name, apply] of Object.entries(FUNCTIONS)) {
    it(`${name}: an error without it, which names it; with it, zeros beside what is right`, async () => {
      const built = build();
      expect(() => apply(built)).to.throw(NoPathError, "pass { unconnected: 'zeros' }");
      const [both, alone] = apply(built, { unconnected: 'zeros' });
      const all = [...both, alone];
      const feeds = { x: [1, 2, 3], z: [1, 1, 1] };
      const got = await values(Object.fromEntries(all.map((s, i) => [`v${i}`, s])), feeds);
      expect(all.map((_, i) => [...got[`v${i}`]!.data])).to.deep.equal(EXPECTED[name]);
      expect(alone.shape).to.deep.equal({ jvp: [], hessian: [3, 3] }[name] ?? [3]);
    });
  }
});
