/**
 * Every row with a function below each input that is infinitely steep where it is: x + sqrt(t) at t = 0. Elements of x that the op leaves
 * out get the gradient 0 by t too, though the chain rule alone says 0 * Infinity there, which is NaN.
 */
import { expect } from 'chai';
import { cpu } from '../../backends/cpu/module.ts';
import { compile, flatten, Graph, gradients, type HostValue, type Sym, toposort, vjp } from '../../engine/index.ts';
import {
  add,
  concat,
  cumsum,
  gather,
  log,
  max,
  maximum,
  mul,
  relu,
  slice,
  split,
  sqrt,
  sum,
  tanh,
  topk,
  where,
} from '../../ops/index.ts';
import { type Sample, type SampleInput, uniform } from '../../ops/sample.ts';
import { type SampledEntry, sampled } from '../../ops/samples.ts';
import { drawInputs } from '../../plugins/gradcheck/draw.ts';
import { floatExpression } from '../../plugins/gradcheck/range.ts';
import { buildSubject } from '../../plugins/gradcheck/subject.ts';
import { EFFORT } from '../support/effort.ts';
import { SEED } from '../support/seed.ts';
import { sweep } from '../support/swept-rows.ts';

type Inputs = SampleInput | readonly SampleInput[];
type Given = Readonly<Record<string, Sym | readonly Sym[]>>;

const isList = <T>(x: T | readonly T[]): x is readonly T[] => Array.isArray(x);
const each = <T, U>(x: T | readonly T[], f: (one: T, i: number) => U): U | readonly U[] =>
  isList(x) ? x.map(f) : f(x, 0);
const isFloat = (input: SampleInput): boolean => !('dtype' in input) || input.dtype === 'float32';
const shapeOf = (input: SampleInput) => (input.kind === 'values' ? flatten(input.values).shape : input.shape);

const BELOW = 'below_';

/** What multiplies its inputs by others is no choice, though a factor be 0, or a stride pass some of them by (docs/conventions.md). */
const PRODUCTS =
  /^(convolution|linalg)\/|^(elementwise\/pow|losses\/compute-weighted-loss|matrix\/einsum|scan\/cumprod)$/;

/** The row with x + sqrt(t) for each of its float inputs x. */
function steep({ op }: SampledEntry, sample: Sample): Sample {
  const own = Object.entries(sample.inputs) as (readonly [string, Inputs])[];
  const floats = own.filter(([, input]) => (isList(input) ? input : [input]).every(isFloat));
  const zeros = floats.map(
    ([name, input]) => [BELOW + name, each(input, (one) => uniform(shapeOf(one), 0, 0))] as const,
  );
  return {
    ...sample,
    inputs: { ...sample.inputs, ...Object.fromEntries(zeros) } as Sample['inputs'],
    build: (all) => {
      const given = all as unknown as Given;
      const inputs = Object.fromEntries(
        own.map(([name]) => {
          const below = given[BELOW + name];
          if (below === undefined) return [name, given[name]!];
          return [name, each(given[name]!, (x, i) => add(x, sqrt(isList(below) ? below[i]! : below)))];
        }),
      );
      return sample.build === undefined
        ? op!.nodes(inputs as never, sample.attrs ?? {})
        : sample.build(inputs as Record<string, Sym>);
    },
  };
}

const same = (a: HostValue, b: HostValue): boolean => [...a.data].every((v, i) => Object.is(v, b.data[i]));

/** Elements of x that are left out, and that get a gradient other than 0 by t. */
async function found(entry: SampledEntry, sample: Sample): Promise<readonly string[]> {
  const { outputs, gradients, feeds, xs } = buildSubject(
    entry.op,
    steep(entry, sample),
    drawInputs(steep(entry, sample), SEED),
    SEED,
  );
  if (Object.keys(xs).length === 0) return [];
  const [values, all] = [
    await compile(outputs, { backend: cpu }),
    await compile({ ...outputs, ...gradients }, { backend: cpu }),
  ];
  try {
    const result = await all.run(feeds);
    const own = Object.fromEntries(Object.entries(feeds).filter(([name]) => values.placeholders.has(name)));
    if (Object.keys(outputs).some((y) => result[y]!.data.length === 0)) return []; // nothing is chosen of nothing
    const faults: string[] = [];
    for (const name of Object.keys(xs)) {
      const byX = result[`d_${name}`];
      const byT = result[`d_${BELOW}${name}`];
      if (byX === undefined || byT === undefined) continue;
      for (const [i, slope] of [...byX.data].entries()) {
        if (slope !== 0 || byT.data[i] === 0) continue;
        // left out is what no output depends on, be it NaN
        const data = Float32Array.from(feeds[name]!.data);
        data[i] = Number.NaN;
        const there = await values.run({ ...own, [name]: { ...feeds[name]!, data } });
        const isLeftOut = Object.keys(outputs).every((y) => same(there[y]!, result[y]!));
        if (isLeftOut || entry.op?.traits.routes?.[name] !== undefined) faults.push(`${name}[${i}]: ${byT.data[i]}`);
      }
    }
    return faults;
  } finally {
    values.dispose();
    all.dispose();
  }
}

describe('what an op leaves out has the gradient 0', () => {
  before(() => cpu.start());

  for (const { entry, rows } of sweep(EFFORT, SEED, 'not chosen')) {
    if (PRODUCTS.test(entry.path)) continue;
    it(`${entry.path}: rows ${rows.join(', ')}`, async () => {
      for (const row of rows) expect(await found(entry, entry.samples[row]!), `row ${row}`).to.deep.equal([]);
    });
  }
});

describe('masks of choices', () => {
  before(() => cpu.start());

  const at = async (f: (x: Sym) => Sym, x: readonly number[]): Promise<readonly number[]> => {
    const g = new Graph();
    const input = g.placeholder('x', [x.length]);
    const program = await compile({ dx: gradients(f(input), input) }, { backend: cpu });
    try {
      return [...(await program.run({ x: [...x] })).dx.data];
    } finally {
      program.dispose();
    }
  };

  it('through what rearranges and sums, to what was chosen above', async () => {
    expect(await at((x) => sum(slice(concat([sqrt(x), x], 0), [1], [1])), [0, 4])).to.deep.equal([0, 0.25]);
    expect(await at((x) => sum(where(false, cumsum(sqrt(x)), 0)), [0, 4])).to.deep.equal([0, 0]);
    expect(await at((x) => sum(where([true, false], log(x), 0)), [2, 0])).to.deep.equal([0.5, 0]);
    expect(await at((x) => max(sqrt(x)), [0, 4])).to.deep.equal([0, 0.25]);
    expect(await at((x) => sum(maximum(sqrt(x), 1)), [0, 4])).to.deep.equal([0, 0.25]);
    expect(await at((x) => sum(topk(sqrt(x), 1).values), [0, 4])).to.deep.equal([0, 0.25]);
    expect(await at((x) => sum(split(sqrt(x), 2)[1]!), [0, 4])).to.deep.equal([0, 0.25]);
    expect(await at((x) => sum(gather(sqrt(x), [1, 1])), [0, 4])).to.deep.equal([0, 0.5]);
  });

  it('none, where no rule below can be infinite', () => {
    const g = new Graph();
    const x = g.placeholder('x', [4]);
    const count = (y: Sym): number => toposort([gradients(sum(y), x)]).filter(({ op }) => op.name === 'Select').length;
    expect(count(slice(tanh(mul(x, x)), [0], [2]))).to.equal(0);
    expect(count(max(relu(x)))).to.equal(count(max(x)));
    expect(count(slice(sqrt(x), [0], [2]))).to.equal(1);
  });
});

describe('what masks rest on', () => {
  before(() => cpu.start());

  for (const { op, path, samples } of sampled) {
    if (op?.traits.routes === undefined) continue;
    it(`${path} hands on by factors of one sign, and all where it says so`, async () => {
      for (const [row, sample] of samples.entries()) {
        if (sample.build !== undefined) continue; // what it makes of the outputs is no matter of the op
        const {
          outputs,
          gradients: slopes,
          cotangents,
          feeds,
        } = buildSubject(op, sample, drawInputs(sample, SEED), SEED);
        if (Object.keys(slopes).length === 0) continue;
        const program = await compile({ ...outputs, ...slopes }, { backend: cpu });
        const run = (cotangent: (i: number) => number) =>
          program.run({
            ...Object.fromEntries(Object.entries(feeds).filter(([name]) => program.placeholders.has(name))),
            ...Object.fromEntries(
              Object.keys(cotangents).map((name) => [
                name,
                { ...feeds[name]!, data: feeds[name]!.data.map((_, i) => cotangent(i)) },
              ]),
            ),
          } as never);
        try {
          const draws = [
            await run(() => 1),
            ...(await Promise.all([0, 1, 2].map((k) => run((i) => (i % 3 === k ? 1 : 0))))),
          ];
          for (const [name, kind] of Object.entries(op.traits.routes!)) {
            const lists = draws.map((d) => (d[`d_${name}`] ?? d[`d_${name}_0`])?.data).filter((d) => d !== undefined);
            const signs = new Set(lists.flatMap((d) => [...d].map(Math.sign)).filter((sign) => sign !== 0));
            expect(signs.size, `row ${row} ${name}`).to.be.at.most(1);
            if (kind === 'whole' && lists.length > 0 && draws[0]!.y0!.data.length > 0)
              expect([...lists[0]!], `row ${row} ${name}`).to.not.include(0);
          }
        } finally {
          program.dispose();
        }
      }
    });
  }

  it('finite slopes are finite, wherever the inputs are', async () => {
    const sizes = [
      0, 1e-45, 1e-38, 1e-20, 1e-8, 0.3, 0.5, 1, 1.5, 2, 3, 5.5, 6, 17, 60, 88.7, 89, 104, 1e4, 1e10, 1.9e19, 1e30,
      5e37,
    ];
    const points = [...sizes, ...sizes.map((x) => -x)];
    for (const { op, samples } of sampled) {
      if (op?.traits.finiteSlopes !== true || floatExpression(op, samples[0]?.attrs) === undefined) continue;
      const g = new Graph();
      const [a, b] = [points.flatMap((x) => points.map(() => x)), points.flatMap(() => points)];
      const xs = Object.fromEntries(op.slots.map(({ name }) => [name, g.placeholder(name, [a.length])]));
      const y = op.node(xs, samples[0]?.attrs as never);
      if (y.dtype !== 'float32') continue;
      const slopes = vjp(y, g.placeholder('cotangent', y.shape), xs, { unconnected: 'zeros' });
      const program = await compile(slopes, { backend: cpu });
      const feeds = {
        ...Object.fromEntries(op.slots.map(({ name }, k) => [name, [a, b][k]!])),
        cotangent: a.map(() => 0),
      };
      const result = await program.run(
        Object.fromEntries(Object.entries(feeds).filter(([name]) => program.placeholders.has(name))) as never,
      );
      program.dispose();
      for (const [name, { data }] of Object.entries(result)) {
        const i = data.findIndex((v) => v !== 0);
        expect(i, `${op.name} by ${name} at ${a[i]}, ${b[i]}`).to.equal(-1);
      }
    }
  });
});
