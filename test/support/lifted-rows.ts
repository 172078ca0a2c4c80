/** Rows of samples with more dimensions than their own, before those or behind them, where an op admits it. */
import { type Attrs, type Backend, LimitError, type NestedArray, RetrographError } from '../../engine/index.ts';
import type { Sample, SampleInput } from '../../ops/sample.ts';
import type { SampledEntry } from '../../ops/samples.ts';
import type { Subject } from '../../plugins/gradcheck/subject.ts';
import { differences, run, subjectOf, type Values } from '../browser/row.ts';

/** Where more dimensions are put. */
export type Place = 'outer' | 'inner';

/** How many dimensions an input has. */
function rankOf(input: SampleInput): number {
  if ('shape' in input) return input.shape.length;
  let rank = 0;
  for (let v: unknown = input.values; Array.isArray(v); v = v[0]) rank++;
  return rank;
}

/** In turn 2 and 1, so that neighbours cannot be taken together. */
const sizesOf = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 2 : 1));

function liftInput(input: SampleInput, place: Place, sizes: readonly number[]): SampleInput {
  if ('shape' in input)
    return { ...input, shape: place === 'outer' ? [...sizes, ...input.shape] : [...input.shape, ...sizes] };
  const nest = (v: unknown): unknown => sizes.reduce<unknown>((inner) => [inner], v);
  const atLeaves = (v: unknown): unknown => (Array.isArray(v) ? v.map(atLeaves) : nest(v));
  return { ...input, values: (place === 'outer' ? nest(input.values) : atLeaves(input.values)) as NestedArray };
}

type Lift = (value: never, rank: number, sizes: readonly number[], place: Place) => unknown;

const axis = (a: number, sizes: readonly number[], place: Place): number => {
  if (place === 'outer') return a < 0 ? a : a + sizes.length;
  return a < 0 ? a - sizes.length : a;
};
const list =
  <T>(item: (size: number) => T): Lift =>
  (own: readonly T[], rank: number, sizes: readonly number[], place: Place) => {
    if (!Array.isArray(own) || own.length !== rank) return own;
    const more = sizes.map(item);
    return place === 'outer' ? [...more, ...own] : [...own, ...more];
  };

/** How attributes that speak of dimensions speak of more. */
const ATTRIBUTES: Readonly<Record<string, Lift>> = {
  axis: (a: number | readonly number[], _rank: number, sizes: readonly number[], place: Place) =>
    typeof a === 'number' ? axis(a, sizes, place) : a.map((one) => axis(one, sizes, place)),
  dims: (a: readonly number[], _rank: number, sizes: readonly number[], place: Place) =>
    a.map((one) => axis(one, sizes, place)),
  reductionIndices: (a: readonly number[], _rank: number, sizes: readonly number[], place: Place) =>
    a.map((one) => axis(one, sizes, place)),
  perm: (perm: readonly number[], rank: number, sizes: readonly number[], place: Place) =>
    place === 'outer'
      ? [...sizes.keys(), ...perm.map((a) => axis(a, sizes, place))]
      : [...perm, ...[...sizes.keys()].map((k) => rank + k)],
  paddings: list(() => [0, 0]),
  begin: list(() => 0),
  size: list((size) => size),
  reps: list(() => 1),
};

/** Inputs that keep their dimensions, by op. */
const KEPT: Readonly<Record<string, readonly string[]>> = { GatherNd: ['indices'], GatherV2: ['indices'] };

/** A row of so many dimensions; undefined where it has a builder of its own, or as many already, or nothing for each dimension. */
export function lifted({ op }: SampledEntry, sample: Sample, rank: number, place: Place): Sample | undefined {
  if (op === undefined || sample.build !== undefined) return undefined;
  const kept = KEPT[op.name] ?? [];
  const inputs = Object.entries(sample.inputs);
  const all = inputs.filter(([name]) => !kept.includes(name)).flatMap(([, input]) => input as SampleInput);
  const own = Math.max(0, ...all.map(rankOf));
  const count = rank - own;
  if (own === 0 || count <= 0) return undefined;
  const sizes = all.every((input) => 'shape' in input) ? sizesOf(count) : sizesOf(count).map(() => 1);
  // of broadcast operands those of fewer dimensions stay where more come before
  const lift = (input: SampleInput): SampleInput =>
    rankOf(input) === own || (place === 'inner' && rankOf(input) > 0) ? liftInput(input, place, sizes) : input;
  const attrs = Object.entries(sample.attrs ?? {}).map(([name, value]) => [
    name,
    ATTRIBUTES[name]?.(value as never, own, sizes, place) ?? value,
  ]);
  return {
    ...sample,
    attrs: Object.fromEntries(attrs) as Attrs,
    inputs: Object.fromEntries(
      inputs.map(([name, input]) => [
        name,
        kept.includes(name) ? input : Array.isArray(input) ? input.map(lift) : lift(input as SampleInput),
      ]),
    ),
  };
}

interface Lifted {
  readonly sample: Sample;
  readonly subject: Subject;
  readonly expected: Values;
}

/** The row's graph, and what it gives; undefined where the op does not admit so many dimensions. */
async function admitted(
  entry: SampledEntry,
  row: number,
  rank: number,
  place: Place,
  right: (subject: Subject) => Promise<Values>,
): Promise<Lifted | undefined> {
  const sample = lifted(entry, entry.samples[row]!, rank, place);
  if (sample === undefined) return undefined;
  try {
    const subject = subjectOf(entry, sample, row);
    return { sample, subject, expected: await right(subject) };
  } catch (e) {
    if (e instanceof RetrographError) return undefined;
    throw e;
  }
}

const RANKS = [5, 6, 7, 9];

/** What is wrong with a row of more dimensions, in words. A device may refuse them, before anything runs. */
export async function liftedFaults(
  entry: SampledEntry,
  row: number,
  right: (subject: Subject) => Promise<Values>,
  tested: Backend,
): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const rank of RANKS) {
    for (const place of ['outer', 'inner'] as const) {
      const found = await admitted(entry, row, rank, place, right);
      if (found === undefined) continue;
      const { sample, subject, expected } = found;
      if (sample.wideIntegers && tested.target.integersAsFloats) continue;
      const where = `row ${row}, ${place} dimensions, ${rank} in all`;
      try {
        faults.push(...differences(await run(subject, 1, tested), expected, sample).map((text) => `${where}: ${text}`));
      } catch (e) {
        if (!(e instanceof LimitError)) faults.push(`${where}: ${(e as Error).name}: ${(e as Error).message}`);
      }
    }
  }
  return faults;
}
