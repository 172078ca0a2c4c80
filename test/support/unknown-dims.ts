/**
 * A row once more, with other dims unknown to the graph than the row has it: none, each alone, and all those of a size together. Value,
 * gradients and second order are those of the row, or the error names the dim.
 */
import {
  type Backend,
  compile,
  type Dim,
  type DimBindings,
  dimNames,
  type HostTensor,
  ShapeError,
  type Sym,
  toDim,
  toposort,
} from '../../engine/index.ts';
import { dimsOf } from '../../engine/optimize/bind.ts';
import type { Sample } from '../../ops/sample.ts';
import type { SampledEntry } from '../../ops/samples.ts';
import { farthest, scaleOf } from '../../plugins/gradcheck/distance.ts';
import { bindingsOf, type DrawnInput, drawInputs } from '../../plugins/gradcheck/draw.ts';
import { buildSubject, type Subject } from '../../plugins/gradcheck/subject.ts';

interface Variant {
  readonly title: string;
  readonly drawn: readonly DrawnInput[];
  readonly unknown: readonly Place[];
}

/** An axis of an input. */
interface Place {
  readonly input: number;
  readonly axis: number;
  readonly size: number;
  /** The dim, where the row has it unknown. */
  readonly own: Dim | undefined;
}

/** So many sizes are unknown in every combination; more of them one at a time, and all together. */
const MOST_SIZES = 3;

/** Dims of one size have one name, since operands must often agree: that of the row, or a name of its own. */
function variantsOf(drawn: readonly DrawnInput[]): readonly Variant[] {
  const places = drawn.flatMap(({ shape, value }, input) =>
    value.shape.map((size, axis): Place => {
      const own = shape[axis]!;
      return { input, axis, size, own: typeof own === 'number' ? undefined : own };
    }),
  );
  const sizes = [...new Set(places.map(({ size }) => size))].filter((size) => size !== 1);
  const together = sizes.length > MOST_SIZES ? [sizes, ...sizes.map((size) => [size])] : subsetsOf(sizes);
  return [[], ...places.map((p) => [p]), ...together.map((set) => places.filter((p) => set.includes(p.size)))]
    .filter((set, i, sets) => i === sets.findIndex((other) => sameElements(set, other)))
    .map((set) => variant(drawn, set));
}

function variant(drawn: readonly DrawnInput[], unknown: readonly Place[]): Variant {
  const dimOf = ({ size, own }: Place): Dim =>
    own ?? unknown.find((other) => other.size === size && other.own !== undefined)?.own ?? toDim(`$u${size}`);
  return {
    title: unknown.map(({ input, axis }) => `${drawn[input]!.name}.shape[${axis}]`).join(', ') || 'none',
    drawn: drawn.map((one, input) => ({
      ...one,
      shape: one.value.shape.map((size, axis) => {
        const place = unknown.find((p) => p.input === input && p.axis === axis);
        return place === undefined ? size : dimOf(place);
      }),
    })),
    unknown,
  };
}

const subsetsOf = (list: readonly number[]): readonly (readonly number[])[] =>
  Array.from({ length: 2 ** list.length }, (_, bits) => list.filter((_, i) => (bits >> i) & 1));

const sameElements = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((one) => b.includes(one));

/** The graph, all its dims, and those that no feed binds: that only an attribute has. */
interface Built {
  readonly subject: Subject;
  readonly all: DimBindings;
  readonly unfed: DimBindings;
}

function build({ op }: SampledEntry, sample: Sample, { drawn, unknown }: Variant, seed: number): Built {
  const known = { ...bindingsOf(sample), ...Object.fromEntries(unknown.map(({ size }) => [`u${size}`, size])) };
  const subject = buildSubject(op, sample, drawn, seed, known);
  const used = dimsOf(toposort(Object.values(outputsOf(subject))));
  const fed = new Set(drawn.flatMap(({ shape }) => shape.flatMap((d) => (isBare(d) ? dimNames(d) : []))));
  const of = (names: Iterable<string>) => Object.fromEntries([...names].map((name) => [name, known[name]!]));
  return { subject, all: of(used), unfed: of([...used].filter((name) => !fed.has(name))) };
}

const isBare = (d: Dim): boolean => typeof d !== 'number' && d.canonical === `$${dimNames(d)[0]}`;

const outputsOf = ({ outputs, gradients, second }: Subject): Record<string, Sym> => ({
  ...outputs,
  ...gradients,
  ...second,
});

/** Whether the value itself is refused, before any gradient. */
function isRefused(entry: SampledEntry, sample: Sample, one: Variant, seed: number): boolean {
  try {
    build(entry, { ...sample, notDifferentiable: 'of the value alone' }, one, seed);
    return false;
  } catch {
    return true;
  }
}

async function valuesOf(subject: Subject, dims: DimBindings, backend: Backend): Promise<Record<string, HostTensor>> {
  const program = await compile(outputsOf(subject), { backend, dims });
  try {
    return await program.run(subject.feeds);
  } finally {
    program.dispose();
  }
}

/** What is asked of a row. */
interface Asked {
  readonly backends: readonly Backend[];
  readonly seed: number;
  /** How far values may be from the row's own, of first and of second order. */
  readonly limits: readonly [first: number, second: number];
  /** Which of the variants, each once with what feeds bind and once with all dims given to `compile`. */
  readonly isAsked: (title: string) => boolean;
  /** What the op's file says: where a dim must be known, it does. */
  readonly source?: string;
}

const WITHOUT_ONES = (shape: readonly number[]): string => shape.filter((d) => d !== 1).join();

/** What is wrong with a row's variants, a line for each. */
export async function faultsOf(
  entry: SampledEntry,
  sample: Sample,
  { backends, seed, limits, isAsked, source }: Asked,
): Promise<readonly string[]> {
  const drawn = drawInputs(sample, seed);
  const row = buildSubject(entry.op, sample, drawn, seed);
  const own = new Map<Backend, Record<string, HostTensor>>();
  for (const backend of backends) own.set(backend, await valuesOf(row, bindingsFor(row, sample), backend));
  const faults: string[] = [];
  for (const one of variantsOf(drawn)) {
    // a 1 alone is stretched, or left out, and an unknown dim is none
    const hasOne = one.unknown.some(({ size }) => size === 1);
    const fail = (what: string): unknown => faults.push(`${one.title} unknown: ${what}`);
    const refused = (e: Error): boolean => hasOne && e instanceof ShapeError;
    let built: Built;
    try {
      built = build(entry, sample, one, seed);
    } catch (e) {
      const { message } = e as Error;
      // one name for several dims may be one too many, which the value says by itself
      const differs = one.unknown.length > 1 && / differ/.test(message) && isRefused(entry, sample, one, seed);
      // the op's file says so, or that of a variable, which some rows make
      const isSaid = source === undefined || /\bknown\b/.test(source) || message.startsWith('variable:');
      const needed = isSaid && /known/.test(message) && /\$/.test(message);
      if (!refused(e as Error) && !(e instanceof ShapeError && (differs || needed))) fail(message);
      continue;
    }
    const { subject, all, unfed } = built;
    for (const [how, dims] of [['as fed', unfed], ...(Object.keys(all).length > 0 ? [['as given', all]] : [])] as const)
      for (const backend of backends) {
        const where = `${how as string}, on ${backend.name}`;
        if (!isAsked(`${one.title} ${where}`)) continue;
        try {
          const got = await valuesOf(subject, dims as DimBindings, backend);
          for (const [name, { data, shape }] of Object.entries(own.get(backend)!)) {
            const sizes = got[name]!.shape;
            if (hasOne ? WITHOUT_ONES(sizes) !== WITHOUT_ONES(shape) : sizes.join() !== shape.join())
              fail(`${where}, ${name} is of [${sizes}], not [${shape}]`);
            const { error, ...worst } = farthest(got[name]!.data, data, scaleOf([data]));
            if (!(error <= limits[name.startsWith('h_') ? 1 : 0]))
              fail(`${where}, ${name} is off by ${error}: ${JSON.stringify(worst)}`);
          }
        } catch (e) {
          if (!refused(e as Error)) fail(`${where}, ${(e as Error).name}: ${(e as Error).message}`);
        }
      }
  }
  return faults;
}

/** The sizes of dims that only attributes of a row have. */
function bindingsFor(subject: Subject, sample: Sample): DimBindings {
  const used = dimsOf(toposort(Object.values(outputsOf(subject))));
  return Object.fromEntries(Object.entries(bindingsOf(sample)).filter(([name]) => used.has(name)));
}
