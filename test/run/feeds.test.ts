import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  compile,
  FeedError,
  type FeedValue,
  Graph,
  HostTensor,
  type NestedArray,
  type Program,
  ShapeError,
} from '../../index.node.ts';
import { concat, logicalNot, mul, reshape, square, sum } from '../../ops/index.ts';
import { failure } from '../support/failure.ts';
import { NAMED } from '../support/here.ts';
import { runs } from '../support/properties.ts';
import { useTf } from '../support/tfjs.ts';

for (const backend of NAMED) {
  describe(`feeds on ${backend}`, () => {
    const double = (): Promise<Program> => compile({ y: mul(new Graph().placeholder('x', ['$n', 2]), 2) }, { backend });

    it('are nested arrays, flat arrays, results of runs, and tensors of either backend', async () => {
      const tfjs = await useTf(backend === 'wasm' ? 'wasm' : 'cpu');
      const program = await double();
      const expected = [
        [2, 4],
        [6, 8],
      ];
      const earlier = (
        await program.run({
          x: [
            [0.5, 1],
            [1.5, 2],
          ],
        })
      ).y!;
      const tensor = tfjs.tensor2d([
        [1, 2],
        [3, 4],
      ]);
      for (const x of [
        [
          [1, 2],
          [3, 4],
        ],
        Float32Array.of(1, 2, 3, 4),
        earlier,
        tensor as unknown as typeof earlier,
      ]) {
        expect((await program.run({ x })).y!.array()).to.deep.equal(expected);
      }
      // the tensor is still the user's
      expect([...(await tensor.data())]).to.deep.equal([1, 2, 3, 4]);
      tensor.dispose();
      program.dispose();
    });

    it('may be changed by the caller after the run', async () => {
      const program = await double();
      const x = Float32Array.of(1, 2);
      const run = program.run({ x });
      const out = (await run).y!;
      x.fill(0);
      expect(out.array()).to.deep.equal([[2, 4]]);
      program.dispose();
    });

    it('may be changed by the caller as soon as the call returns, even where the run has to wait', async () => {
      const program = await double();
      const x = Float32Array.of(1, 2);
      const runs = [
        program.run({ x }),
        program.run({ x }),
        program.run({ x: { data: x, shape: [1, 2], dtype: 'float32' } }),
      ];
      x.fill(0);
      for (const { y } of await Promise.all(runs)) expect(y!.array()).to.deep.equal([[2, 4]]);
      program.dispose();
    });

    it('come back as tensors that the caller owns', async () => {
      await useTf(backend === 'wasm' ? 'wasm' : 'cpu');
      const program = await double();
      const before = tf.memory().numTensors;
      const out = await program.run({ x: [[1, 2]] }, { as: 'tensor' });
      const y = out.y as unknown as tf.Tensor;
      expect(tf.memory().numTensors).to.equal(before + 1);
      const next = tf.add(y, 1);
      expect([...(await next.data())]).to.deep.equal([3, 5]);
      program.dispose();
      expect([...(await y.data())]).to.deep.equal([2, 4]);
      y.dispose();
      next.dispose();
      expect(tf.memory().numTensors).to.equal(before);
    });

    it('are int32 and bool too', async () => {
      const g = new Graph();
      const i = g.placeholder('i', [3], 'int32');
      const b = g.placeholder('b', [3], 'bool');
      const program = await compile({ i: reshape(i, [3, 1]), n: logicalNot(b) }, { backend });
      const out = await program.run({ i: [1, -2, 3], b: [true, false, true] });
      expect(out.i.array()).to.deep.equal([[1], [-2], [3]]);
      expect(out.n.array()).to.deep.equal([false, true, false]);
      expect(await failure(() => program.run({ i: [1, 2, 0.5], b: [1, 0, 1] }))).to.be.instanceOf(FeedError);
      program.dispose();
    });
  });
}

describe('feeds', () => {
  it('are refused in one error that lists what is missing, unknown and misshapen', async () => {
    const g = new Graph();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => g.placeholder(name, ['$n', 2]));
    const program = await compile({ y: concat([a!, b!, c!], 1) }, { backend: 'cpu' });
    const { message } = await failure(() => program.run({ a: [[1, 2]], b: [[1, 2, 3]], d: 1 }));
    expect(message)
      .to.match(/'d' is no placeholder/)
      .and.match(/'c' is missing/)
      .and.match(/'b': expected float32\[\$n, 2\]/);
    program.dispose();
  });

  it('are refused where their elements are not what their type says', async () => {
    const program = await compile({ y: square(new Graph().placeholder('x', ['$n', 2])) }, { backend: 'wasm' });
    const data = Float32Array.of(1, 2);
    const odd: Record<string, unknown> = {
      '2 elements do not fill [2, 2]': { data, shape: [2, 2], dtype: 'float32' },
      '2 elements do not fill [-1, -2]': { data, shape: [-1, -2], dtype: 'float32' },
      'expected a Float32Array for float32, got a Int32Array': {
        data: Int32Array.of(1, 2),
        shape: [1, 2],
        dtype: 'float32',
      },
      'expected float32, got int32': { data: Int32Array.of(1, 2), shape: [1, 2], dtype: 'int32' },
      'expected float32, got a Uint8Array': Uint8Array.of(1, 2),
      'Int32Array or Uint8Array, got Float64Array': Float64Array.of(1, 2),
      '3 elements do not fill [$n, 2]': Float32Array.of(1, 2, 3),
      'expected numbers or booleans, got string': [['1', '2']],
      'expected numbers, arrays, typed arrays or tensors': {},
      "'x' is missing": null,
    };
    for (const [message, x] of Object.entries(odd)) {
      const error = await failure(() => program.run({ x: x as never }));
      expect(error).to.be.instanceOf(FeedError);
      expect(error.message).to.contain(message);
    }
    program.dispose();
  });

  it('say where in a nested array the bad value is', async () => {
    const g = new Graph();
    const y = {
      x: g.placeholder('x', ['$n', 2]),
      i: g.placeholder('i', ['$n', 2], 'int32'),
      s: g.placeholder('s', []),
    };
    const program = await compile(y, { backend: 'cpu' });
    const rows = (bad: unknown) => [
      [1, 2],
      [3, bad],
    ];
    const right = { x: rows(4), i: rows(4), s: 1 };
    await program.run(right as never);
    const wrong: Readonly<Record<string, object>> = {
      "'x': expected numbers or booleans, got undefined at [1][1]": { x: rows(undefined) },
      "'x': expected numbers or booleans, got null at [1][1]": { x: rows(null) },
      "'x': expected numbers or booleans, got string at [1][1]": { x: rows('4') },
      "'x': a ragged array: expected shape [2, 2], got 1 elements at [1]": { x: [[1, 2], [3]] },
      "'x': a ragged array: expected shape [2, 2], got 3 at [1]": { x: [[1, 2], 3] },
      "'x': a ragged array: expected shape [2, 2], got 1 elements at [1][0]": {
        x: [
          [1, 2],
          [[3], 4],
        ],
      },
      "'i': expected int32, got 4.5 at [1][1]": { i: rows(4.5) },
      "'s': expected numbers or booleans, got string\n": { s: '4' },
    };
    for (const [message, feed] of Object.entries(wrong)) {
      const error = await failure(() => program.run({ ...right, ...feed } as never));
      expect(error).to.be.instanceOf(FeedError);
      expect(`${error.message}\n`).to.contain(message);
    }
    program.dispose();
  });

  it('agree on the size of a dim', async () => {
    const g = new Graph();
    const [a, b] = ['a', 'b'].map((name) => g.placeholder(name, ['$n']));
    const program = await compile({ y: mul(a!, b!) }, { backend: 'cpu' });
    const { message } = await failure(() => program.run({ a: [1, 2], b: [1, 2, 3] }));
    expect(message).to.contain("$n is 2 by 'a'");
    program.dispose();
  });

  it('that no output needs are no mistake', async () => {
    const g = new Graph();
    const y = square(g.placeholder('x', []));
    g.placeholder('labels', ['$n']);
    const program = await compile({ y }, { backend: 'cpu' });
    expect((await program.run({ x: 3, labels: [1, 2] })).y.item()).to.equal(9);
    program.dispose();
  });

  it('bind dims that decide what was left open, before any kernel runs', async () => {
    const g = new Graph();
    const y = sum(mul(g.placeholder('x', ['$n']), [1, 2, 3]));
    const program = await compile({ y }, { backend: 'cpu' });
    expect((await program.run({ x: [1, 1, 1] })).y.item()).to.equal(6);
    const error = await failure(() => program.run({ x: [1, 2] }));
    expect(error).to.be.instanceOf(ShapeError);
    expect(error.message).to.contain('$n = 2').and.contain('feeds.test.ts');
    program.dispose();
  });
});

describe('the dims that feeds bind', () => {
  const names = ['a', 'b', 'c'];
  /** A placeholder's shape of names and numbers, and the form in which it is fed. */
  const feed = fc.record({
    dims: fc.array(fc.oneof(fc.constantFrom(...names.map((n) => `$${n}`)), fc.constantFrom(1, 2)), { maxLength: 3 }),
    form: fc.constantFrom('flat', 'nested', 'host'),
  });
  const cases = fc.record({
    feeds: fc.array(feed, { minLength: 1, maxLength: 4 }),
    sizes: fc.tuple(...names.map(() => fc.integer({ min: 0, max: 3 }))),
  });

  /** What a run makes of them, with placeholders in this order: the shapes, or undefined where they do not tell. */
  async function shapesIn(
    order: readonly number[],
    { feeds, sizes }: typeof cases extends fc.Arbitrary<infer T> ? T : never,
  ): Promise<Readonly<Record<string, readonly number[]>> | undefined> {
    const g = new Graph();
    const sizeOf = (d: string | number): number => (typeof d === 'number' ? d : sizes[names.indexOf(d.slice(1))]!);
    const given: Record<string, FeedValue> = {};
    for (const i of order) {
      const { dims, form } = feeds[i]!;
      g.placeholder(`x${i}`, dims);
      const shape = dims.map(sizeOf);
      const host = new HostTensor({
        data: new Float32Array(shape.reduce((n, d) => n * d, 1)),
        shape,
        dtype: 'float32',
      });
      given[`x${i}`] = form === 'flat' ? host.data : form === 'nested' ? host.array() : host;
    }
    const program = await compile(Object.fromEntries(g.named), { backend: 'cpu' });
    try {
      const results = await program.run(given);
      return Object.fromEntries(
        Object.keys(results)
          .sort()
          .map((name) => [name, results[name]!.shape]),
      );
    } catch (e) {
      expect(e).to.be.instanceOf(FeedError);
      expect((e as Error).message).to.match(/a flat or an empty array cannot tell the dims \$/);
      return undefined;
    } finally {
      program.dispose();
    }
  }

  it('are the same in whichever order placeholders were made, and right', () =>
    fc.assert(
      fc.asyncProperty(cases, async (given) => {
        const order = given.feeds.map((_, i) => i);
        const shapes = await shapesIn(order, given);
        expect(await shapesIn([...order].reverse(), given)).to.deep.equal(shapes);
        expect(await shapesIn([...order.slice(1), 0], given)).to.deep.equal(shapes);
        const told = new Set(given.feeds.flatMap(({ dims, form }) => (form === 'host' ? dims : [])));
        if (given.feeds.every(({ dims }) => dims.every((d) => typeof d === 'number' || told.has(d))))
          expect(shapes).to.be.an('object');
        for (const [i, { dims }] of given.feeds.entries())
          dims.forEach((d, k) => {
            const size = typeof d === 'number' ? d : given.sizes[names.indexOf(d.slice(1))];
            if (shapes !== undefined) expect(shapes[`x${i}`]![k]).to.equal(size);
          });
      }),
      runs(3),
    ));

  it('follow from several feeds together, and from one dim that is there twice', async () => {
    const g = new Graph();
    const x = g.placeholder('x', ['$b', '$t', 2]);
    const square = g.placeholder('square', ['$k', '$k']);
    const y = g.placeholder('y', ['$b']);
    const program = await compile({ x, square, y }, { backend: 'cpu' });
    const out = await program.run({ x: new Float32Array(12), square: new Float32Array(9), y: [1, 2, 3] });
    expect(out.x.shape).to.deep.equal([3, 2, 2]);
    expect(out.square.shape).to.deep.equal([3, 3]);
    const eight = await failure(() => program.run({ x: new Float32Array(12), square: new Float32Array(8), y: [1] }));
    expect(eight.message).to.contain("'square': 8 elements do not fill [$k, $k]");
    program.dispose();
  });
});

describe('one row in place of a batch', () => {
  const CASES: readonly (readonly [dims: readonly (string | number)[], value: number | NestedArray, isRow: boolean])[] =
    [
      [['$b', 2], [1, 2], true],
      [['$b'], 1, true],
      [[1, '$t', 2], [[1, 2]], true],
      [['$b', 2], [1, 2, 3], false],
      [['$b', 2], 1, false],
      [[], [1], false],
    ];
  for (const [dims, value, isRow] of CASES)
    it(`is ${isRow ? '' : 'not '}what ${JSON.stringify(value)} is for [${dims.join(', ')}]`, async () => {
      const program = await compile({ x: new Graph().placeholder('x', dims) }, { backend: 'cpu' });
      const { message } = await failure(() => program.run({ x: value }));
      expect(message.includes('; a batch of one is [x]'), message).to.equal(isRow);
      program.dispose();
    });
});

describe('empty batches', () => {
  const CASES: readonly (readonly [
    dims: readonly (string | number)[],
    value: NestedArray,
    shape: readonly number[] | RegExp,
  ])[] = [
    [['$b', 2], [], [0, 2]],
    [['$b'], [], [0]],
    [[0, 3, 2], [], [0, 3, 2]],
    [
      [2, '$b', 3],
      [[], []],
      [2, 0, 3],
    ],
    [['$b', 2], [[], []], /expected float32\[\$b, 2\], got shape \[2, 0\]/],
    [[3, 2], [], /expected float32\[3, 2\], got shape \[0, 2\]/],
    [[], [], /expected float32\[\], got shape \[0\]/],
    [['$b', '$t'], [], /'x': a flat or an empty array cannot tell the dims \$b and \$t; feed { data, shape, dtype }/],
  ];
  for (const dtype of ['float32', 'int32', 'bool', 'complex64'] as const)
    for (const [dims, value, expected] of CASES)
      it(`are what the shape says: ${dtype}[${dims.join(', ')}] by ${JSON.stringify(value)}`, async () => {
        const x = new Graph().placeholder('x', dims, dtype);
        const program = await compile({ x }, { backend: 'cpu' });
        if (expected instanceof RegExp)
          expect((await failure(() => program.run({ x: value }))).message).to.match(
            new RegExp(expected.source.replaceAll('float32', dtype)),
          );
        else expect((await program.run({ x: value })).x.shape).to.deep.equal(expected);
        program.dispose();
      });

  it('are of the dims that other feeds tell', async () => {
    const g = new Graph();
    const program = await compile(
      { x: g.placeholder('x', ['$b', '$t']), y: g.placeholder('y', ['$t']) },
      { backend: 'cpu' },
    );
    expect((await program.run({ x: [], y: [1, 2] })).x.shape).to.deep.equal([0, 2]);
    program.dispose();
  });

  it('are first and later values of variables without elements', async () => {
    const g = new Graph();
    const program = await compile(
      { v: g.variable('v', [0, 2], []), w: g.variable('w', [2, 0, 3], [[], []]) },
      { backend: 'cpu' },
    );
    await program.variables.set('v', []);
    await program.variables.set('w', [[], []]);
    expect((await failure(() => program.variables.set('w', []))).message).to.contain(
      "'w' is float32[2, 0, 3], not float32[0]",
    );
    const { v, w } = await program.run();
    expect([v.shape, w.shape]).to.deep.equal([[0, 2], [2, 0, 3]]); // biome-ignore format: as it is
    program.dispose();
  });
});
