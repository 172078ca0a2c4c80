// Kernels of tfjs's wasm backend that compute wrongly, and what stands in for them.
import { expect } from 'chai';
import { compile, Graph, gradients, IndexError, type Sym } from '../../index.node.ts';
import {
  add,
  div,
  gather,
  log1p,
  losses,
  matMul,
  mul,
  ones,
  reshape,
  reverse,
  sign,
  sin,
  squaredDifference,
  sub,
  sum,
  transpose,
  where,
} from '../../ops/index.ts';

async function onWasm(build: (g: Graph) => Sym, feeds: Record<string, number[] | number[][]> = {}): Promise<number[]> {
  const program = await compile({ y: build(new Graph()) }, { backend: 'wasm' });
  try {
    return [...(await program.run(feeds)).y.data];
  } finally {
    program.dispose();
  }
}

describe('wasm kernels', () => {
  it('log1p, sin and sign are right near 0', async () => {
    const x = [1e-8, 1e-6, -1e-7, 1e-4];
    const near = async (f: (x: Sym) => Sym, expected: (x: number) => number): Promise<void> => {
      const values = await onWasm((g) => f(g.placeholder('x', [4])), { x });
      values.forEach((v, i) => {
        expect(v).to.be.closeTo(expected(x[i]!), 1e-6 * Math.abs(expected(x[i]!)));
      });
    };
    await near(log1p, Math.log1p);
    await near(sin, Math.sin);
    await near(sign, Math.sign);
  });

  it('rows of any length are added up to their ends, in double precision', async () => {
    for (const n of [1, 15, 16, 17, 31, 32, 33, 47, 48, 63, 64, 65, 100]) {
      const rows = [0, 1, 2].map((row) => Array.from({ length: n }, (_, i) => 2 ** ((i + row) % 20) + 1));
      const expected = rows.map((row) => row.reduce((a, b) => a + b, 0));
      expect(await onWasm((g) => sum(g.placeholder('x', [3, n]), 1), { x: rows })).to.deep.equal(expected);
    }
    const large = Array.from({ length: 64 }, (_, i) => (i < 32 ? 3e38 : -3e38));
    expect(await onWasm((g) => sum(g.placeholder('x', [64])), { x: large })).to.deep.equal([0]);
  });

  it('a column that is no number leaves the others of a long product as they are', async () => {
    const [n, p] = [4099, 5];
    const b = Array.from({ length: n }, (_, k) => Array.from({ length: p }, (_, j) => (j === 0 ? NaN : (k % 3) + j)));
    const values = await onWasm((g) => matMul(ones([2, n]), g.placeholder('b', [n, p])), { b });
    const row = [NaN, ...[1, 2, 3, 4].map((j) => b.reduce((total, terms) => total + terms[j]!, 0))];
    expect(values).to.deep.equal([...row, ...row]);
  });

  it('arithmetic has more dimensions than XNNPACK takes', async () => {
    const shapes = [
      [2, 1, 1, 2, 1, 1, 1],
      [1, 2, 1, 1, 1, 1, 2],
    ];
    const of = (f: (a: Sym, b: Sym) => Sym): Promise<number[]> =>
      onWasm((g) => f(...(shapes.map((shape, i) => reshape(g.placeholder(`x${i}`, [4]), shape)) as [Sym, Sym])), {
        x0: [3, 5, 7, 9],
        x1: [1, 2, 4, 8],
      });
    const pairs = [3, 5, 7, 9].map((_, i, xs) => (i < 2 ? xs.slice(0, 2) : xs.slice(2)));
    const expected = (f: (a: number, b: number) => number): number[] =>
      [0, 2].flatMap((row) =>
        [0, 2].flatMap((at) => pairs[row]!.flatMap((a) => [1, 2, 4, 8].slice(at, at + 2).map((b) => f(a, b)))),
      );
    expect(await of(add)).to.deep.equal(expected((a, b) => a + b));
    expect(await of(sub)).to.deep.equal(expected((a, b) => a - b));
    expect(await of(mul)).to.deep.equal(expected((a, b) => a * b));
    expect(await of(div)).to.deep.equal(expected((a, b) => a / b));
    expect(await of(squaredDifference)).to.deep.equal(expected((a, b) => (a - b) ** 2));
  });

  it('sigmoid cross-entropy keeps a loss that is nearly 0', async () => {
    const [value] = await onWasm(
      (g) => losses.sigmoidCrossEntropy(g.placeholder('y', [1, 1]), g.placeholder('z', [1, 1])),
      { y: [[1]], z: [[18]] },
    );
    expect(value).to.be.closeTo(Math.log1p(Math.exp(-18)), 1e-6 * Math.exp(-18));
  });

  it('a variable is a right operand under two shapes', async () => {
    const y = await onWasm(
      (g) => {
        const w = g.variable('w', [1, 4], [[1, 2, 3, 4]]);
        const x = g.placeholder('x', [3, 4]);
        return matMul(matMul(x, transpose(w)), w);
      },
      {
        x: [
          [1, 0, 0, 0],
          [0, 1, 0, 0],
          [1, 1, 1, 1],
        ],
      },
    );
    expect(y).to.deep.equal([1, 2, 3, 4, 2, 4, 6, 8, 10, 20, 30, 40]);
  });

  it('bools are chosen and reversed whole', async () => {
    const chosen = await onWasm(
      (g) => reverse(where(g.placeholder('c', [1, 5], 'bool'), g.placeholder('d', [1, 5], 'bool'), false), 1),
      { c: [[1, 1, 0, 1, 0]], d: [[1, 0, 1, 1, 1]] },
    );
    expect(chosen).to.deep.equal([0, 1, 0, 0, 1]);
  });

  it('an index out of range is an error, in a gradient too', async () => {
    const g = new Graph();
    const x = g.placeholder('x', [4]);
    const d = gradients(sum(gather(x, g.placeholder('i', [2], 'int32'))), x);
    const program = await compile({ d }, { backend: 'wasm' });
    let error: unknown;
    await program.run({ x: [1, 2, 3, 4], i: [1, 5000] }).catch((e: unknown) => {
      error = e;
    });
    expect(error).to.be.instanceOf(IndexError);
    expect((await program.run({ x: [1, 2, 3, 4], i: [3, 3] })).d.array()).to.deep.equal([0, 0, 0, 2]);
    program.dispose();
  });

  it('a view is multiplied like any other matrix', async () => {
    const y = await onWasm(
      (g) => {
        const b = g.placeholder('b', [6]);
        const a = g.constant([[1, 2]]);
        return matMul(matMul(a, reshape(b, [2, 3])), reshape(b, [3, 2]));
      },
      { b: [1, 2, 3, 4, 5, 6] },
    );
    // [9, 12, 15] times [[1, 2], [3, 4], [5, 6]]
    expect(y).to.deep.equal([120, 156]);
  });
});
