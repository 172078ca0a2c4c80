/** Values that belong to no graph: every builder takes them, and what it gives belongs to none either, until a graph has it. */
import { expect } from 'chai';
import { dimNames } from '../../engine/index.ts';
import {
  constant,
  customGradient,
  type DimBindings,
  evaluate,
  Graph,
  gradients,
  hessian,
  hvp,
  isSym,
  jacobian,
  jvp,
  map,
  print,
  type Sym,
  stopGradient,
  vjp,
} from '../../index.node.ts';
import { add, mul, randomNormal, square, sum } from '../../ops/index.ts';
import { sampled } from '../../ops/samples.ts';
import { bindingsOf, drawInputs } from '../../plugins/gradcheck/draw.ts';
import { buildSubject } from '../../plugins/gradcheck/subject.ts';
import { expectClose } from '../support/values.ts';

const values = (outputs: Readonly<Record<string, Sym>>, feeds = {}, dims: DimBindings = {}) =>
  evaluate(outputs, feeds, { backend: 'cpu', dims });

/** The dims that are still unknown where all inputs are values: those that an attribute names. */
function needed(ys: readonly Sym[], dims: DimBindings): DimBindings {
  const named = new Set(ys.flatMap(({ shape }) => shape.flatMap((d) => dimNames(d))));
  return Object.fromEntries(Object.entries(dims).filter(([name]) => named.has(name)));
}

/** Its row makes variables, in a graph. */
const BOUND = ['normalization/batch-norm-training'];

describe('builders of values that belong to no graph', () => {
  for (const { path, op, samples } of sampled) {
    const sample = samples.find(({ build }) => build !== undefined) ?? samples[0]!;
    it(path, async () => {
      const drawn = drawInputs(sample, 1);
      const slots: Record<string, Sym | readonly Sym[]> = {};
      for (const { slot, value } of drawn) {
        const free = constant(value.data, value.dtype, value.shape);
        const several = Array.isArray(sample.inputs[slot]);
        slots[slot] = several ? [...((slots[slot] ?? []) as readonly Sym[]), free] : free;
      }
      const built =
        sample.build === undefined ? op!.nodes(slots, sample.attrs ?? {}) : sample.build(slots as Record<string, Sym>);
      const ys = isSym(built) ? [built] : built;
      if (!BOUND.includes(path)) for (const y of ys) expect(y.node.graph).to.equal(undefined);
      const { outputs, feeds } = buildSubject(op, sample, drawn, 1);
      const expected = await values(outputs, feeds);
      const got = await values(Object.fromEntries(ys.map((y, k) => [`y${k}`, y])), {}, needed(ys, bindingsOf(sample)));
      for (const [name, { data, shape }] of Object.entries(expected)) {
        expect(got[name]!.shape, name).to.deep.equal(shape);
        expectClose(got[name]!.data, data);
      }
    });
  }

  const FUNCTIONS: Record<string, (x: Sym) => Sym> = {
    gradients: (x) => gradients(sum(square(x)), x),
    vjp: (x) => vjp(square(x), [1, 1], x),
    jacobian: (x) => jacobian(square(x), x),
    hessian: (x) => hessian(sum(square(x)), x),
    jvp: (x) => jvp(square(x), x, [1, 1]),
    hvp: (x) => hvp(sum(square(x)), x, [1, 1]),
    map: (x) => map(x, (row) => mul(row, 2)),
    'map with another of a graph': (x) => map(x, (row) => mul(row, new Graph().constant(2))),
    'map of several with a draw': (x) => map([x, x], (a, b) => add(add(a, b), mul(randomNormal([]), 0))),
    stopGradient: (x) => stopGradient(x),
    customGradient: (x) =>
      gradients(sum(customGradient((a) => square(a), [([a], { dy }) => mul(dy, mul(a!, 2))])(x)), x),
  };
  const EXPECTED: Record<string, readonly number[]> = {
    jacobian: [2, 0, 0, 6],
    hessian: [2, 0, 0, 2],
    hvp: [2, 2],
    stopGradient: [1, 3],
  };
  for (const [name, f] of Object.entries(FUNCTIONS)) {
    it(`${name} takes one`, async () => {
      const y = f(constant([1, 3]));
      expect([...(await values({ y })).y!.data]).to.deep.equal(EXPECTED[name] ?? [2, 6]);
    });
  }

  it('they can be named, printed, and be drawn anew in each graph', async () => {
    const noise = randomNormal([2]);
    expect(print({ noise })).to.include('output noise');
    const [a, b] = [new Graph(), new Graph()];
    expect(a.name('noise', noise).node.graph).to.equal(a);
    expect(b.name('noise', noise).node.graph).to.equal(b);
    expect(a.find('noise')).to.equal(a.adopt(noise));
  });
});
