/**
 * Rows of samples with values over the whole range of float32 in place of their own: for what reduces, chooses or moves values, whose
 * results have no excuse for a sentinel.
 */
import type { DType, HostValue } from '../../engine/index.ts';
import { hashSeed, hostUniform } from '../../engine/random.ts';
import type { SampledEntry } from '../../ops/samples.ts';
import { drawInputs } from '../../plugins/gradcheck/draw.ts';
import { buildSubject, type Subject } from '../../plugins/gradcheck/subject.ts';

const LARGEST = (2 - 2 ** -23) * 2 ** 127;
const SMALLEST_NORMAL = 2 ** -126;

/** Signs, sizes by powers of ten, and what stands among them. */
interface Range {
  readonly signs: readonly number[];
  readonly powers: readonly [least: number, most: number];
  readonly special: readonly number[];
}

/** By their names: of values that are chosen. */
const RANGES: Readonly<Record<string, Range>> = {
  'of every size': { signs: [1, -1], powers: [-37, 38.5], special: [LARGEST, -LARGEST, 0] },
  'large and negative': { signs: [-1], powers: [18, 38.5], special: [-LARGEST, -1e20] },
  'large and positive': { signs: [1], powers: [18, 38.5], special: [LARGEST, 1e20] },
  'mostly infinite': { signs: [1, -1], powers: [-10, 38], special: [Infinity, -Infinity, Infinity, -Infinity] },
  'negative infinity alone': { signs: [-1], powers: [0, 0], special: [-Infinity] },
  'positive infinity alone': { signs: [1], powers: [0, 0], special: [Infinity] },
};

/** Of values that are added up or multiplied, without an overflow where there need be none. */
const SUMMED: Readonly<Record<string, Range>> = {
  'large and negative': { signs: [-1], powers: [10, 30], special: [-1e30] },
  'with an infinity': { signs: [1, -1], powers: [-10, 18], special: [Infinity] },
  'of every size': { signs: [1, -1], powers: [-30, 18], special: [0] },
};

/** Each element by its own; one in three is special. */
function draw({ signs, powers: [least, most], special }: Range, length: number, seed: number): Float32Array {
  const kinds = hostUniform(hashSeed(seed, 'kind'), length, { minval: 0, maxval: 1 });
  const powers = hostUniform(hashSeed(seed, 'power'), length, { minval: least, maxval: most });
  const alone = least === most;
  return kinds.map((kind, i) =>
    alone || kind < 1 / 3
      ? special[Math.floor(kind * 997) % special.length]!
      : signs[Math.floor(kind * 991) % signs.length]! * 10 ** powers[i]!,
  );
}

/** The row's graph, fed with values of a range; cotangents and directions are ordinary. */
function extremeSubject({ op, path, samples }: SampledEntry, row: number, range: Range): Subject {
  const sample = samples[row]!;
  const seed = hashSeed(0, `${path}/${row}`);
  const drawn = drawInputs(sample, seed);
  const subject = buildSubject(op, sample, drawn, seed);
  const feeds: Record<string, HostValue> = { ...subject.feeds };
  for (const { name, value } of drawn)
    if (holdsFloats(value.dtype))
      feeds[name] = { ...value, data: draw(range, value.data.length, hashSeed(seed, name)) };
  return { ...subject, feeds };
}

const holdsFloats = (dtype: DType): boolean => dtype === 'float32' || dtype === 'complex64';

type Values = Readonly<Record<string, ArrayLike<number>>>;

/** Whether results are what was given, moved or chosen, beside zeros and infinities. */
function isChosen({ outputs, feeds }: Subject, results: Values): boolean {
  const given = new Set<number>([0, Infinity, -Infinity]);
  for (const { data, dtype } of Object.values(feeds)) if (holdsFloats(dtype)) for (const v of data) given.add(v);
  return Object.entries(outputs).every(
    ([name, { dtype }]) => !holdsFloats(dtype) || Array.from(results[name]!).every((v) => given.has(v)),
  );
}

/** Where ops add values up, or multiply them; and where they choose or move them. */
const SUMMING = /^(sparse|scan)\/|pooling\/avg|reduction\/(sum|mean|prod|moments|norm|euclidean-norm|log-sum-exp)$/;
const CHOOSING =
  /^(indexing|pooling|shape)\/|reduction\/(all|any|arg-|max|min|norm|log-sum)|sorting\/(in-)?top|where$|matrix\/transpose$|\/dilation2d$|flip|-part$|imum$/;

/** Whether the rows of an op are for this check. */
export const isChecked = ({ path }: SampledEntry): boolean => SUMMING.test(path) || CHOOSING.test(path);

/** How far off sums may be, and gradients of what is chosen; relative to the largest of all that is finite. */
const LIMIT = 1e-5;

type Run = (subject: Subject) => Promise<Values>;

/** What is wrong with a row over the whole range, in words. */
export async function extremeFaults(
  entry: SampledEntry,
  row: number,
  right: Run,
  tested: Run,
): Promise<readonly string[]> {
  const faults: string[] = [];
  const compare = async (kind: string, range: Range, chosen: boolean): Promise<void> => {
    const subject = extremeSubject(entry, row, range);
    const expected = await right(subject);
    if (chosen && !isChosen(subject, expected)) return;
    const actual = await tested(subject);
    const given = Object.values(subject.feeds).map(({ data }) => data);
    for (const [name, all] of Object.entries(expected)) {
      const isValue = name.startsWith('y');
      // the gradients of products overflow on the way
      if (!isValue && !chosen) continue;
      const allowed = isValue && chosen ? SMALLEST_NORMAL : LIMIT * largest(isValue ? [all, ...given] : [all, [1]]);
      // at an infinity a derivative is its limit, or no number
      const at = Array.from(all).findIndex(
        (e, i) => (isValue || !Number.isNaN(e)) && !agree(actual[name]![i]!, e, allowed),
      );
      if (at >= 0) faults.push(`row ${row}, ${kind}: ${name}[${at}] is ${actual[name]![at]}, and should be ${all[at]}`);
    }
  };
  if (CHOOSING.test(entry.path)) for (const [kind, range] of Object.entries(RANGES)) await compare(kind, range, true);
  if (SUMMING.test(entry.path))
    for (const [kind, range] of Object.entries(SUMMED)) await compare(`summed, ${kind}`, range, false);
  return faults;
}

const largest = (arrays: readonly ArrayLike<number>[]): number =>
  arrays.reduce(
    (most, all) => Array.from(all, Math.abs).reduce((m, v) => (v <= LARGEST ? Math.max(m, v) : m), most),
    0,
  );

/** What float32 cannot hold is infinite. */
function agree(a: number, e: number, allowed: number): boolean {
  const expected = Math.abs(e) > LARGEST ? Math.sign(e) * Infinity : e;
  if (Number.isNaN(expected)) return Number.isNaN(a);
  return a === expected || Math.abs(a - expected) <= allowed;
}
