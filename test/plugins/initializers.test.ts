/** Initializers: bounds, moments, orthogonality, the same bits from the same seed, and their form in documents. */
import { expect } from 'chai';
import {
  AttributeError,
  compile,
  DTypeError,
  Graph,
  type Initializer,
  SerializationError,
  ShapeError,
} from '../../index.node.ts';
import {
  constant,
  fans,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  identity,
  initializers,
  leCunNormal,
  leCunUniform,
  ones,
  orthogonal,
  randomNormal,
  randomUniform,
  truncatedNormal,
  varianceScaling,
  zeros,
} from '../../plugins/initializers/index.ts';

const SHAPE = [200, 300];
const draw = (initializer: Initializer, shape: readonly number[] = SHAPE, seed = 1) =>
  initializer.generate(shape, 'float32', seed) as Float32Array;

function moments(values: Float32Array): { mean: number; variance: number; min: number; max: number } {
  let [sum, squares, min, max] = [0, 0, Infinity, -Infinity];
  for (const v of values) {
    sum += v;
    squares += v * v;
    min = Math.min(min, v);
    max = Math.max(max, v);
  }
  const mean = sum / values.length;
  return { mean, variance: squares / values.length - mean * mean, min, max };
}

/** Mean 0 and the variance, each within five standard errors (or a little more, for the normal's heavier fourth moment). */
function expectMoments(values: Float32Array, variance: number): void {
  const found = moments(values);
  const n = values.length;
  expect(found.mean).to.be.closeTo(0, 5 * Math.sqrt(variance / n));
  expect(found.variance / variance).to.be.closeTo(1, 5 * Math.sqrt(2 / n));
}

describe('initializers: constants', () => {
  it('zeros, ones and constant, of every dtype', () => {
    expect([...zeros().generate([2], 'int32', 0)]).to.deep.equal([0, 0]);
    expect(zeros().generate([2], 'int32', 0)).to.be.instanceOf(Int32Array);
    expect([...ones().generate([2], 'bool', 0)]).to.deep.equal([1, 1]);
    expect([...ones().generate([2], 'complex64', 0)]).to.deep.equal([1, 0, 1, 0]);
    expect([...draw(constant({ value: -0.5 }), [3])]).to.deep.equal([-0.5, -0.5, -0.5]);
    expect(draw(zeros(), [0, 3])).to.have.lengthOf(0);
  });

  it('identity, of any matrix', () => {
    expect([...draw(identity({ gain: 2 }), [2, 3])]).to.deep.equal([2, 0, 0, 0, 2, 0]);
    expect([...draw(identity(), [3, 2])]).to.deep.equal([1, 0, 0, 1, 0, 0]);
    expect([...identity().generate([2, 2], 'complex64', 0)]).to.deep.equal([1, 0, 0, 0, 0, 0, 1, 0]);
    expect(() => draw(identity(), [3])).to.throw(ShapeError, 'two dimensions');
  });
});

describe('initializers: fans', () => {
  it('count inputs and outputs of a weight as Keras does', () => {
    expect(fans([])).to.deep.equal({ fanIn: 1, fanOut: 1 });
    expect(fans([5])).to.deep.equal({ fanIn: 5, fanOut: 5 });
    expect(fans([3, 4])).to.deep.equal({ fanIn: 3, fanOut: 4 });
    expect(fans([3, 3, 16, 32])).to.deep.equal({ fanIn: 9 * 16, fanOut: 9 * 32 });
  });
});

describe('initializers: distributions', () => {
  const [fanIn, fanOut] = SHAPE as [number, number];
  const UNIFORM: Record<string, readonly [Initializer, number]> = {
    glorotUniform: [glorotUniform(), Math.sqrt(6 / (fanIn + fanOut))],
    heUniform: [heUniform(), Math.sqrt(6 / fanIn)],
    leCunUniform: [leCunUniform(), Math.sqrt(3 / fanIn)],
    randomUniform: [randomUniform(), 0.05],
    'varianceScaling, uniform': [
      varianceScaling({ scale: 3, mode: 'fanOut', distribution: 'uniform' }),
      Math.sqrt(9 / fanOut),
    ],
  };
  for (const [name, [initializer, limit]] of Object.entries(UNIFORM)) {
    it(`${name} fills its bounds`, () => {
      const values = draw(initializer);
      const { min, max } = moments(values);
      expect(min).to.be.within(-limit * (1 + 1e-7), -limit * 0.999);
      expect(max).to.be.within(limit * 0.999, limit);
      expectMoments(values, limit ** 2 / 3);
    });
  }

  const NORMAL: Record<string, readonly [Initializer, number]> = {
    glorotNormal: [glorotNormal(), 2 / (fanIn + fanOut)],
    heNormal: [heNormal(), 2 / fanIn],
    leCunNormal: [leCunNormal(), 1 / fanIn],
    'varianceScaling, untruncated': [
      varianceScaling({ scale: 0.5, mode: 'fanAvg', distribution: 'untruncatedNormal' }),
      1 / (fanIn + fanOut),
    ],
    randomNormal: [randomNormal({ stddev: 3 }), 9],
    truncatedNormal: [truncatedNormal({ stddev: 1 }), 0.87962566103423978 ** 2],
  };
  for (const [name, [initializer, variance]] of Object.entries(NORMAL)) {
    it(`${name} has its variance`, () => expectMoments(draw(initializer), variance));
  }

  it('the truncated end at two standard deviations, the others do not', () => {
    const cut = moments(draw(heNormal()));
    const limit = (2 * Math.sqrt(2 / fanIn)) / 0.87962566103423978;
    expect(cut.max).to.be.within(limit * 0.99, limit * (1 + 1e-6));
    expect(moments(draw(randomNormal({ stddev: 1 }))).max).to.be.greaterThan(3.5);
  });

  it('randomUniform and randomNormal have other bounds and means', () => {
    const uniform = moments(draw(randomUniform({ minval: 2, maxval: 4 })));
    expect(uniform.min).to.be.within(2, 2.01);
    expect(uniform.max).to.be.within(3.99, 4);
    expect(moments(draw(randomNormal({ mean: 5, stddev: 0.1 }))).mean).to.be.closeTo(5, 0.01);
    expect(() => draw(randomUniform({ minval: 1, maxval: 0 }))).to.throw(AttributeError, 'nothing in');
  });

  it("a convolution's filter scales with its window", () =>
    expectMoments(draw(heNormal(), [3, 3, 64, 32]), 2 / (9 * 64)));
  it('are of float32 only', () =>
    expect(() => glorotUniform().generate([2, 2], 'int32', 0)).to.throw(DTypeError, 'int32'));
});

describe('initializers: orthogonal', () => {
  for (const [rows, columns] of [
    [6, 6],
    [20, 7],
    [7, 20],
  ] as const) {
    it(`${rows} x ${columns}`, () => {
      const gain = 1.5;
      const q = draw(orthogonal({ gain }), [rows, columns]);
      const at = (i: number, j: number) => q[i * columns + j]!;
      const short = Math.min(rows, columns);
      const long = Math.max(rows, columns);
      for (let a = 0; a < short; a++) {
        for (let b = 0; b < short; b++) {
          let dot = 0;
          for (let k = 0; k < long; k++) dot += rows >= columns ? at(k, a) * at(k, b) : at(a, k) * at(b, k);
          expect(dot).to.be.closeTo(a === b ? gain ** 2 : 0, 1e-6);
        }
      }
    });
  }

  it('takes all dims but the last as rows, and needs two', () => {
    const flat = draw(orthogonal(), [12, 5]);
    expect(draw(orthogonal(), [3, 4, 5])).to.deep.equal(flat);
    expect(() => draw(orthogonal(), [5])).to.throw(ShapeError, 'two dimensions');
  });

  it('favours no sign', () => {
    const { mean } = moments(Float32Array.from({ length: 400 }, (_, seed) => draw(orthogonal({ seed }), [3, 3])[0]!));
    expect(mean).to.be.closeTo(0, 0.15);
  });
});

describe('initializers: seeds', () => {
  it('golden bits: what a seed gives never changes', () => {
    const bits = (initializer: Initializer) =>
      [...new Uint32Array(draw(initializer, [2, 2]).buffer)].map((b) => b.toString(16));
    expect(bits(glorotUniform({ seed: 7 }))).to.deep.equal(GOLDEN.glorotUniform);
    expect(bits(heNormal({ seed: 7 }))).to.deep.equal(GOLDEN.heNormal);
    expect(bits(randomNormal({ seed: 7 }))).to.deep.equal(GOLDEN.randomNormal);
    expect(bits(orthogonal({ seed: 7 }))).to.deep.equal(GOLDEN.orthogonal);
  });

  it('a seed of its own counts, else the one it is given', () => {
    expect(draw(heNormal(), SHAPE, 5)).to.deep.equal(draw(heNormal({ seed: 5 }), SHAPE, 9));
    expect(draw(heNormal(), SHAPE, 5)).not.to.deep.equal(draw(heNormal(), SHAPE, 6));
  });

  it("without one, a variable's name and the store's seed decide", async () => {
    const values = async (seed: number) => {
      const g = new Graph();
      const [a, b] = ['a', 'b'].map((name) => g.variable(name, [4], randomNormal()));
      const program = await compile({ a: a!, b: b! }, { backend: 'cpu', seed });
      const out = await program.run();
      program.dispose();
      return [[...out.a.data], [...out.b.data]];
    };
    const first = await values(1);
    expect(await values(1)).to.deep.equal(first);
    expect(first[0]).not.to.deep.equal(first[1]);
    expect((await values(2))[0]).not.to.deep.equal(first[0]);
  });
});

const GOLDEN = {
  glorotUniform: ['3f2a60c4', '3f1cc0a2', 'bf36c9a1', 'bf7ec8a9'],
  heNormal: ['3fa2bde2', 'bf9bdae9', 'be92b99b', 'be02c08e'],
  randomNormal: ['3c6dafda', 'bc828707', 'bd80c981', 'bdaba5a0'],
  orthogonal: ['3f2c594b', 'bf3d4b0b', 'bf3d4b0b', 'bf2c594b'],
};

describe('initializers: in documents', () => {
  const all: readonly Initializer[] = Object.entries(initializers).map(([name, make]) =>
    make(name === 'constant' ? { value: 0.25 } : {}),
  );

  it('every one comes back, with the same bits', () => {
    const g = new Graph();
    for (const initializer of [...all, varianceScaling({ scale: 2, mode: 'fanOut', distribution: 'uniform', seed: 3 })])
      g.variable(`v${g.named.size}`, [3, 2], initializer);
    const text = JSON.stringify(g.toJSON());
    const { graph } = Graph.fromJSON(JSON.parse(text), { ops: [], initializers });
    expect(JSON.stringify(graph.toJSON())).to.equal(text);
    for (const variable of g.variables()) {
      const [before, after] = [variable, graph.find(variable.label)].map((v) =>
        draw(v.node.attrs.init as Initializer, [3, 2]),
      );
      expect(after).to.deep.equal(before);
    }
  });

  it('settings are checked', () => {
    expect(() => initializers.glorotUniform!({ sed: 1 })).to.throw(AttributeError, "'sed'");
    expect(() => initializers.heNormal!({ seed: 0.5 })).to.throw(AttributeError, 'safe integer');
    expect(() => initializers.constant!({})).to.throw(AttributeError, "'value'");
    expect(() => varianceScaling({ mode: 'fan' as never })).to.throw(AttributeError, 'fanIn, fanOut, fanAvg');
    const document = new Graph();
    document.variable('w', [2], randomNormal());
    const json = JSON.parse(JSON.stringify(document.toJSON()).replace('"stddev":0.05', '"stddev":"x"'));
    expect(() => Graph.fromJSON(json, { ops: [], initializers })).to.throw(SerializationError, "'w'");
  });
});
