/**
 * Every row once more inside of what changes nothing: under a `where` that is true everywhere, as a custom gradient under such a
 * `where`, and in a Map of one iteration. Value, gradients and second order are the row's own.
 */
import { expect } from 'chai';
import { cpu } from '../../backends/cpu/module.ts';
import {
  broadcastTo,
  compile,
  customGradient,
  isDifferentiable,
  isSym,
  map,
  reshape,
  type Sym,
  select,
  toposort,
  Variable,
  vjp,
  zeroCotangent,
} from '../../engine/index.ts';
import { type Sample, type SampleInput, values } from '../../ops/sample.ts';
import type { SampledEntry } from '../../ops/samples.ts';
import { farthest, scaleOf } from '../../plugins/gradcheck/distance.ts';
import { drawInputs } from '../../plugins/gradcheck/draw.ts';
import { buildSubject } from '../../plugins/gradcheck/subject.ts';
import { EFFORT } from '../support/effort.ts';
import { SEED } from '../support/seed.ts';
import { sweep } from '../support/swept-rows.ts';

type Given = Readonly<Record<string, Sym>>;
type Build = (given: Given) => readonly Sym[];
/** What is built in the place of a row. */
type Wrap = (build: Build, given: Given, mask: Sym) => readonly Sym[];

const chosen = (mask: Sym, y: Sym): Sym =>
  select(broadcastTo(mask, y.shape), y, zeroCotangent({ dtype: y.dtype, shape: [] }));

/** The inputs, those of a list apart. */
const flat = (given: Given): readonly Sym[] => Object.values(given).flat();
const like = (given: Given, list: readonly Sym[]): Given => {
  const rest = [...list];
  return Object.fromEntries(
    Object.entries(given).map(([name, s]) => [name, isSym(s) ? rest.shift()! : rest.splice(0, (s as Sym[]).length)]),
  ) as Given;
};

const WRAPS: Readonly<Record<string, Wrap>> = {
  'under a where': (build, given, mask) => build(given).map((y) => chosen(mask, y)),
  'as a custom gradient under a where': (build, given, mask) => {
    const all = flat(given);
    const floats = all.filter((s) => isDifferentiable(s.dtype));
    if (floats.length === 0) return build(given);
    const at = (args: readonly Sym[]): readonly Sym[] => {
      const rest = [...args];
      return build(
        like(
          given,
          all.map((s) => (isDifferentiable(s.dtype) ? rest.shift()! : s)),
        ),
      );
    };
    const rule =
      (i: number) =>
      (args: readonly Sym[], { dys }: { readonly dys: readonly Sym[] }) => {
        const smooth = [...at(args).entries()].filter(([, y]) => isDifferentiable(y.dtype));
        const ys = smooth.map(([, y]) => y);
        return vjp(
          ys,
          smooth.map(([k]) => dys[k]!),
          args[i]!,
          { unconnected: 'zeros' },
        );
      };
    const f = customGradient(
      (...args: Sym[]) => at(args),
      floats.map((_, i) => rule(i)),
    );
    return f(...floats).map((y) => chosen(mask, y));
  },
  'in a map': (build, given) => {
    const all = flat(given);
    const last = all.at(-1);
    if (last === undefined) return build(given);
    // the last input is mapped over, the others are captured
    const stacked = map(reshape(last, [1, ...last.shape]), (element) =>
      Object.fromEntries(build(like(given, [...all.slice(0, -1), element])).map((y, k) => [`y${k}`, y])),
    );
    return Object.values(stacked).map((y) => reshape(y, y.shape.slice(1)));
  },
};

function wrapped({ op }: SampledEntry, sample: Sample, wrap: Wrap): Sample {
  const build: Build = (given) => {
    const built = sample.build === undefined ? op!.nodes(given, sample.attrs ?? {}) : sample.build(given);
    return isSym(built) ? [built] : built;
  };
  const inputs: Record<string, SampleInput | readonly SampleInput[]> = { ...sample.inputs, mask: values(true, 'bool') };
  return { ...sample, inputs, build: ({ mask, ...given }) => wrap(build, given, mask!) };
}

/** What makes variables can be built once only, and a custom gradient is built twice. */
const makesVariables = ({ op }: SampledEntry, sample: Sample): boolean =>
  toposort(Object.values(buildSubject(op, sample, drawInputs(sample, SEED), SEED).outputs)).some(
    (node) => node.op === Variable,
  );

async function valuesOf(entry: SampledEntry, sample: Sample) {
  const { outputs, gradients, second, feeds } = buildSubject(entry.op, sample, drawInputs(sample, SEED), SEED);
  const program = await compile({ ...outputs, ...gradients, ...second }, { backend: cpu });
  try {
    return await program.run(feeds);
  } finally {
    program.dispose();
  }
}

describe('a row inside of what changes nothing', () => {
  before(() => cpu.start());

  for (const { entry, rows } of sweep(EFFORT, SEED, 'wrapped')) {
    it(`${entry.path}: rows ${rows.join(', ')}`, async () => {
      for (const row of rows) {
        const sample = entry.samples[row]!;
        const own = await valuesOf(
          entry,
          wrapped(entry, sample, (build, given) => build(given)),
        );
        for (const [name, wrap] of Object.entries(WRAPS)) {
          if (name.startsWith('as a custom') && makesVariables(entry, sample)) continue;
          const got = await valuesOf(entry, wrapped(entry, sample, wrap));
          expect(Object.keys(got), `row ${row} ${name}`).to.deep.equal(Object.keys(own));
          for (const [key, { data, shape }] of Object.entries(own)) {
            expect(got[key]!.shape, `row ${row} ${name}: ${key}`).to.deep.equal(shape);
            const { error, ...worst } = farthest(got[key]!.data, data, scaleOf([data]));
            expect(error, `row ${row} ${name}: ${key} ${JSON.stringify(worst)}`).to.be.at.most(
              key.startsWith('h_') ? 1e-4 : 1e-5,
            );
          }
        }
      }
    });
  }
});
