/** Dims: what is decided when a graph is built, what when it is bound, and how they come by their numbers. */
import { expect } from 'chai';
import { cpu } from '../../backends/cpu/module.ts';
import { NullBackend } from '../../backends/null/module.ts';
import {
  assign,
  compile,
  type DimBindings,
  dim,
  dimValue,
  FeedError,
  type Feeds,
  fill,
  Graph,
  gradients,
  map,
  ShapeError,
  type Sym,
  toDim,
} from '../../engine/index.ts';
import { add, concat, matMul, mean, mul, reshape, slice, split, stack, sum, tanh } from '../../ops/index.ts';
import { lineHere } from '../support/values.ts';

const rows = (n: number, width: number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: width }, (_, j) => i * width + j));

/** What a run gives, or the error of compiling or running. */
async function attempt(y: Sym, feeds: Feeds, dims?: DimBindings): Promise<unknown> {
  try {
    const program = await compile({ y }, { backend: cpu, ...(dims && { dims }) });
    try {
      return (await program.run(feeds)).y.array();
    } finally {
      program.dispose();
    }
  } catch (e) {
    return e;
  }
}
const failure = async (...args: Parameters<typeof attempt>): Promise<ShapeError> => {
  const result = await attempt(...args);
  expect(result).to.be.instanceOf(ShapeError);
  return result as ShapeError;
};

describe('dims that are provably unequal', () => {
  const g = new Graph();
  const at = (...shape: (string | number | null)[]) => g.placeholder(`p${g.nodes.length}`, shape);

  it('are an error when the graph is built, which proposes one name', () => {
    expect(() => add(at('$b', 2), at('$c', 2))).to.throw(
      ShapeError,
      '$b and $c differ; if they are the same size, give both one name, such as $b',
    );
    expect(() => add(at('$b'), at('$b + 1'))).to.throw(ShapeError, '$b and $b + 1 differ');
    expect(() => matMul(at(2, '$m'), at('$n', 2))).to.throw(ShapeError, '$m and $n differ');
    expect(() => concat([at('$b', 2), at('$c', 3)], 1)).to.throw(ShapeError, 'give both one name');
  });

  it('are unequal too where one is a number that the other never is', () => {
    expect(() => add(at('$b * 2 + 1'), at(4))).to.throw(ShapeError, '$b * 2 + 1 and 4 differ');
    expect(() => add(at('$b + 3'), at(2))).to.throw(ShapeError);
    expect(() => reshape(at('$b', 3), ['$b', 4])).to.throw(ShapeError, 'number of elements');
  });

  it('include those without a name: every null is another', () => {
    expect(() => add(at(null), at(null))).to.throw(ShapeError, 'differ');
    const x = at(null, 2);
    expect(add(x, tanh(x)).shape).to.deep.equal(x.shape);
  });

  it('do not stretch: only a literal 1 does', () => {
    expect(add(at('$b', 1), at(1, '$c')).shape.join()).to.equal('$b,$c');
    expect(add(at('$b', 2), at(2)).shape.join()).to.equal('$b,2');
    expect(() => add(at('$b', 2), at('$c', 2))).to.throw(ShapeError);
  });
});

describe('dims that may be equal', () => {
  it('are checked when they are bound, and the error names node, values and line', async () => {
    const g = new Graph();
    const [x, y] = [g.placeholder('x', ['$b', 2]), g.placeholder('y', [5, 2])];
    const [sum, line] = [g.name('total', add(x, y)), lineHere()];
    expect(sum.shape.join()).to.equal('$b,2');
    expect(await attempt(sum, { x: rows(5, 2), y: rows(5, 2) })).to.deep.equal(
      rows(5, 2).map((r) => r.map((v) => 2 * v)),
    );
    const error = await failure(sum, { x: rows(1, 2), y: rows(5, 2) });
    expect(error.message).to.contain(
      "Add ('total'): dimension 0 of the broadcast of [$b, 2] and [5, 2]: $b = 1 must equal 5",
    );
    expect(error.site).to.contain(line);
  });

  it('are checked when a program is compiled, where they are known by then', async () => {
    const g = new Graph();
    const y = add(g.placeholder('x', ['$b']), g.placeholder('y', ['floorDiv($c, 2)']));
    const dims = (b: number, c: number) => compile({ y }, { backend: cpu, dims: { b, c } });
    (await dims(3, 7)).dispose();
    const error = await dims(3, 8).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(ShapeError);
    expect((error as Error).message).to.contain('$b = 3 must equal floorDiv($c, 2) = 4');
  });

  it('are checked before anything runs', async () => {
    const backend = new NullBackend();
    const g = new Graph();
    const program = await compile({ y: tanh(add(g.placeholder('x', ['$b']), g.placeholder('y', [5]))) }, { backend });
    const error = await program.run({ x: [1], y: [1, 2, 3, 4, 5] }).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(ShapeError);
    expect(backend.calls).to.have.lengthOf(0);
    program.dispose();
  });

  it('are checked in the body of a map too', async () => {
    const g = new Graph();
    const [x, w] = [g.placeholder('x', ['$n', '$b']), g.placeholder('w', [2])];
    const [y, line] = [map(x, (row) => mul(row, w)), lineHere()];
    expect(await attempt(y, { x: rows(3, 2), w: [1, 10] })).to.deep.equal(rows(3, 2).map(([a, b]) => [a, 10 * b!]));
    const error = await failure(y, { x: rows(3, 4), w: [1, 10] });
    expect(error.message).to.contain('$b = 4 must equal 2');
    expect(error.site).to.contain(line);
  });

  it('are checked in values that were made without a graph', async () => {
    const g = new Graph();
    const free = add(fill(['$b'], 1), fill([2], 1));
    const y = mul(g.placeholder('x', ['$b']), free);
    expect(await attempt(y, { x: [1, 2] })).to.deep.equal([2, 4]);
    expect((await failure(y, { x: [1, 2, 3] })).message).to.contain('$b = 3 must equal 2');
  });

  it('are checked for a cotangent', async () => {
    const x = new Graph().placeholder('x', ['$b']);
    const dx = gradients(mul(x, x), x, { dy: [1, 10] });
    expect(dx.shape.join()).to.equal('$b');
    expect(await attempt(dx, { x: [1, 2] })).to.deep.equal([2, 40]);
    expect((await failure(dx, { x: [1, 2, 3] })).message).to.contain('$b = 3 must equal 2');
    expect(() => gradients(mul(x, x), x, { dy: [1] })).to.throw(ShapeError, 'dy is float32[1]');
  });

  it('are checked for the new value of a variable', async () => {
    const g = new Graph();
    const [x, w] = [g.placeholder('x', ['$b', 2]), g.variable('w', [3, 2])];
    const [update, line] = [assign(w, x), lineHere()];
    const program = await compile({}, { backend: cpu, updates: [update] });
    const error = await program.run({ x: rows(5, 2) }).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(ShapeError).with.property('site').that.contains(line);
    await program.run({ x: rows(3, 2) });
    expect((await program.variables.get('w')).array()).to.deep.equal(rows(3, 2));
    program.dispose();
  });

  it('of a slice must hold what it takes', async () => {
    const x = new Graph().placeholder('x', ['$b']);
    expect(await attempt(slice(x, 1, 2), { x: [1, 2, 3] })).to.deep.equal([2, 3]);
    expect((await failure(slice(x, 1, 2), { x: [1, 2] })).message).to.contain('$b = 2 must be at least 3');
  });
});

describe('-1 in a reshape', () => {
  const x = new Graph().placeholder('x', ['$b', 6]);

  it('is an exact quotient where there is one', () => {
    expect(reshape(x, [-1, 3]).shape.join()).to.equal('$b * 2,3');
    expect(reshape(x, ['$b', -1]).shape.join()).to.equal('$b,6');
    expect(reshape(x, [2, -1, 3]).shape.join()).to.equal('2,$b,3');
    expect(reshape(x, [-1]).shape.join()).to.equal('$b * 6');
  });

  it('is rounded down, and checked to divide, where there is none', async () => {
    const [y, line] = [reshape(x, [-1, 4]), lineHere()];
    expect(y.shape.join()).to.equal(`${toDim('floorDiv($b * 6, 4)')},4`);
    expect(await attempt(y, { x: rows(2, 6) })).to.deep.equal(rows(3, 4));
    const error = await failure(y, { x: rows(3, 6) });
    expect(error.message).to.match(/the number of elements .*: \$b \* 6 = 18 must equal .* = 16/);
    expect(error.site).to.contain(line);
  });

  it('is an error where it cannot divide, and where it stands twice', () => {
    const six = new Graph().placeholder('x', [6]);
    expect(() => reshape(six, [-1, 4])).to.throw(ShapeError, '6 elements do not divide by 4');
    expect(() => reshape(x, [-1, -1])).to.throw(ShapeError, 'only one dim may be -1');
  });

  it('leaves nothing behind that other values would be blamed for', async () => {
    const g = new Graph();
    const z = g.placeholder('z', ['$b']);
    reshape(z, [-1, 4]);
    expect(await attempt(tanh(mul(z, 0)), { z: [1, 2, 3] })).to.deep.equal([0, 0, 0]);
  });
});

describe('a split into equal parts', () => {
  it('is checked to divide', async () => {
    const x = new Graph().placeholder('x', ['$b']);
    const y = stack(split(x, 2));
    expect(await attempt(y, { x: [1, 2, 3, 4] })).to.deep.equal([
      [1, 2],
      [3, 4],
    ]);
    expect((await failure(y, { x: [1, 2, 3] })).message).to.match(/the sum of its parts: \$b = 3 must equal .* = 2/);
  });
});

describe('a dim gets its number', () => {
  it('from a feed that has it bare', async () => {
    const g = new Graph();
    const [x, y] = [g.placeholder('x', ['$b']), g.placeholder('y', ['$b * 2 + 1'])];
    expect(await attempt(sum(concat([x, y])), { x: [1], y: [1, 2, 3] })).to.equal(7);
    const error = await attempt(sum(concat([x, y])), { x: [1, 2], y: [1, 2, 3] });
    expect(error).to.be.instanceOf(FeedError);
    expect((error as Error).message).to.contain("'y': dimension 0 is $b * 2 + 1 = 5, got 3");
  });

  it('from a feed that the program does not need', async () => {
    const g = new Graph();
    g.placeholder('x', ['$b']);
    expect(await attempt(g.adopt(fill(['$b'], 2)), { x: [1, 1, 1] })).to.deep.equal([2, 2, 2]);
    const error = await attempt(g.adopt(fill(['$b'], 2)), {});
    expect(error).to.be.instanceOf(FeedError);
    expect((error as Error).message).to.contain('nothing binds $b');
  });

  it('from `dims`, and then feeds must agree', async () => {
    const x = new Graph().placeholder('x', ['$b', 2]);
    expect(await attempt(mean(x), { x: rows(2, 2) }, { b: 2 })).to.equal(1.5);
    const error = await attempt(mean(x), { x: rows(3, 2) }, { b: 2 });
    expect(error).to.be.instanceOf(FeedError);
    expect((error as Error).message).to.contain('$b is 2 by the dims that it was compiled with');
  });

  it('from nothing: that is an error of compile', async () => {
    const g = new Graph();
    const x = g.placeholder('x', ['$b * 2']);
    const error = await attempt(tanh(x), { x: [1, 2] });
    expect(error).to.be.instanceOf(ShapeError);
    expect((error as Error).message)
      .to.contain('nothing binds $b')
      .and.contain('{ dims: { b: ... } }');
    expect(await attempt(mul(x, 2), { x: [1, 2] }, { b: 1 })).to.deep.equal([2, 4]);
  });

  it('as a scalar, of a value or of an expression', async () => {
    const x = new Graph().placeholder('x', ['$b', 3]);
    expect(
      await attempt(mul(sum(x), dimValue(dim.mul('$b', 3))), {
        x: [
          [1, 1, 1],
          [1, 1, 1],
        ],
      }),
    ).to.equal(36);
    expect(await attempt(x.node.graph!.adopt(dimValue('$b', 'int32')), { x: rows(4, 3) })).to.equal(4);
    expect(dimValue(7).node.op.name).to.equal('Fill');
  });

  it('which may be 0', async () => {
    const x = new Graph().placeholder('x', ['$b', 2]);
    const empty = { x: { data: new Float32Array(0), shape: [0, 2], dtype: 'float32' } as const };
    expect(await attempt(sum(tanh(x)), empty)).to.equal(0);
    expect(await attempt(reshape(x, [-1, 1, 2]), empty)).to.deep.equal([]);
  });
});

describe('plans', () => {
  /** A program whose plans hold a constant. */
  async function program(backend = new NullBackend()) {
    const x = new Graph().placeholder('x', ['$b', 2]);
    return { backend, program: await compile({ y: add(x, [[1, 2]]) }, { backend }) };
  }

  /** One whose plans hold constants of 32 MB times `$b`, of which there is room for 8; and a Map with one of its size's own. */
  async function large() {
    const backend = new NullBackend();
    const x = new Graph().placeholder('x', ['$b', 2]);
    const y = map(tanh(x), (row) => mul(row, dimValue('$b')));
    const p = await compile({ y, all: fill(['$b', 2 ** 23], 1) }, { backend });
    return {
      backend,
      p,
      feed: (b: number) => ({ x: rows(b, 2) }),
      crowd: () => [3, 4, 5].map((b) => p.prepare({ b })),
    };
  }

  for (const sizes of [9, 30])
    it(`of ${sizes} sizes in turn are made once each`, async () => {
      let made = 0;
      const x = new Graph().placeholder('x', ['$b', 2]);
      const onPass = ({ name }: { name: string }) => {
        if (name === 'bind') made++;
      };
      const p = await compile({ y: mean(tanh(x)) }, { backend: new NullBackend(), onPass });
      for (let round = 0; round < 3; round++) for (let b = 1; b <= sizes; b++) await p.run({ x: rows(b, 2) });
      expect(made).to.equal(sizes);
      p.dispose();
    });

  it('share their constants, with those of other programs too, until the last lets go', async () => {
    const { backend, program: p } = await program();
    for (let b = 1; b <= 4; b++) await p.run({ x: rows(b, 2) });
    expect(backend.memory().buffers).to.equal(1);
    const g = new Graph();
    const [x, data] = [g.placeholder('x', ['$b', 2]), g.constant([3, 4])];
    const others = [add(x, data), mul(x, data)].map((y) => compile({ y, s: fill([3], 2) }, { backend }));
    for (const other of await Promise.all(others)) other.prepare({ b: 2 });
    expect(backend.memory().buffers).to.equal(3);
    (await others[0]!).dispose();
    expect(backend.memory().buffers).to.equal(3);
    (await others[1]!).dispose();
    expect(backend.memory().buffers).to.equal(1);
    p.dispose();
    expect(backend.memory().buffers).to.equal(0);
  });

  it('are kept while there is room: the least recently used go first', async () => {
    const { backend, p } = await large();
    const plans = [1, 2, 3].map((b) => p.planFor({ b }));
    expect(p.planFor({ b: 1 })).to.equal(plans[0]);
    p.prepare({ b: 4 }); // 32 + 64 + 96 + 128 MB
    expect(p.planFor({ b: 1 }), 'used after the second').to.equal(plans[0]);
    expect(p.planFor({ b: 2 }), 'the least recently used').to.not.equal(plans[1]);
    p.prepare({ b: 9 });
    expect(backend.memory().buffers, 'the last alone, larger than the room').to.equal(2);
    p.dispose();
    expect(backend.memory().buffers).to.equal(0);
  });

  it('that are evicted, or disposed of, while they run are freed when they have run', async () => {
    for (const end of ['crowd', 'dispose'] as const) {
      const { backend, p, feed, crowd } = await large();
      const leave = () => (end === 'crowd' ? crowd() : p.dispose());
      const running = p.run(feed(2), { checkNumerics: true, outputs: ['y'] });
      while (backend.calls.length === 0) await null;
      leave();
      expect((await running).y!.shape).to.deep.equal([2, 2]);
      if (end === 'crowd') {
        let steps = 0;
        for await (const _ of p.steps(feed(6))) {
          if (steps++ === 0) leave();
        }
        expect(steps).to.equal(2);
        await p.run(feed(6), { outputs: ['y'] });
      }
      p.dispose();
      expect(backend.memory().buffers).to.equal(0);
    }
  });

  it('may be made ahead', async () => {
    const { backend, program: p } = await program();
    p.prepare({ b: 4 });
    expect(backend.memory().buffers).to.equal(1);
    const plan = p.planFor({ b: 4 });
    await p.run({ x: rows(4, 2) });
    expect(p.planFor({ b: 4 })).to.equal(plan);
    p.dispose();
  });

  it('need all dims: the error says which', async () => {
    const { program: p } = await program();
    expect(() => p.plan).to.throw(ShapeError, 'the plan depends on $b; give sizes to planFor or prepare');
    p.dispose();
  });
});
