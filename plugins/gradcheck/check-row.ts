/** Checks one row of an op's samples: asks the judge once, then compares every backend with its answer. */
import { type Backend, compile, type HostValue, type Sym } from '../../engine/index.ts';
import { hashSeed } from '../../engine/random.ts';
import type { Sample } from '../../ops/sample.ts';
import { farthest, scaleOf } from './distance.ts';
import { drawInputs } from './draw.ts';
import { type CheckedEntry, nameOf } from './entry.ts';
import type { Judge } from './judge.ts';
import { askJudge, dot, type Numeric, type Values } from './numeric.ts';
import { lineOf } from './rule-line.ts';
import { buildSubject, mapNames, type Subject } from './subject.ts';
import { askTfjs, claimOf, type Witness } from './witness.ts';

export interface Fault {
  /** For example "the gradient by x". */
  readonly what: string;
  /** The element with the largest error: its index in the flattened value, its value, and the expected value. */
  readonly element?: number;
  readonly actual?: number;
  readonly expected?: number;
  /** For a gradient: the input at that index. */
  readonly input?: number;
  readonly error?: number;
  /** The source line of the faulty gradient rule. */
  readonly rule?: string | undefined;
}

/** A fault in one line: what is wrong, where, by how much, and the gradient rule. */
export function describeFault({ what, element, actual, expected, input, error, rule }: Fault): string {
  if (error === undefined) return what;
  const off = ` is off by ${error.toExponential(1)}`;
  if (element === undefined) return `${what}${off}: it has the wrong size`;
  const at = input === undefined ? '' : ` (where it is ${input})`;
  const line = rule === undefined ? '' : `; its rule is at ${rule}`;
  return `${what}${off}: element ${element}${at} is ${actual}, and should be ${expected}${line}`;
}

/** A row's result on a backend. Errors are relative to the largest element, or to 0.1 if all are smaller. */
export interface RowResult {
  readonly op: string;
  /** Index in the op's samples. */
  readonly row: number;
  readonly note: string;
  readonly backend: string;
  /** 'skipped': not for this backend; `reasons` says why. */
  readonly status: 'ok' | 'failed' | 'skipped';
  /** The largest errors of the value, the gradients and the Hessian-vector products; absent if not checked. */
  readonly forward?: number | undefined;
  readonly first?: number | undefined;
  readonly second?: number | undefined;
  /** Whether tfjs itself is right for the row, in double precision. */
  readonly tfjs?: Witness['verdicts'];
  readonly faults: readonly Fault[];
  /** Why a part was not checked or not compared. */
  readonly reasons: readonly string[];
}

const FORWARD = 1e-4;
const FIRST = 1e-4;
const SECOND = 1e-3;

export async function checkRow(
  entry: CheckedEntry,
  row: number,
  backends: readonly Backend[],
  judge: Judge,
  seed: number,
): Promise<readonly RowResult[]> {
  const base = { op: nameOf(entry), row, note: entry.samples[row]!.note ?? '' };
  const failed = (backend: Backend, e: unknown): RowResult => ({
    ...base,
    backend: backend.name,
    status: 'failed',
    faults: [{ what: `${(e as Error).name}: ${(e as Error).message}` }],
    reasons: [],
  });
  let truth: Truth;
  try {
    truth = await findTruth(entry, row, judge, hashSeed(seed, `${base.op}/${row}`));
  } catch (e) {
    return backends.map((backend) => failed(backend, e));
  }
  const results: RowResult[] = [];
  for (const backend of backends) {
    if (truth.sample.wideIntegers && backend.target.integersAsFloats) {
      results.push({ ...base, backend: backend.name, status: 'skipped', faults: [], reasons: truth.reasons });
      continue;
    }
    await backend.settled?.();
    const before = backend.memory().buffers;
    try {
      const measured = await compare(entry, truth, backend);
      await backend.settled?.();
      const leaked = backend.memory().buffers - before;
      const faults = [
        ...truth.faults,
        ...measured.faults,
        ...(leaked === 0 ? [] : [{ what: `${leaked} buffers are left` }]),
      ];
      results.push({
        ...base,
        ...measured,
        backend: backend.name,
        status: faults.length === 0 ? 'ok' : 'failed',
        tfjs: truth.witness.verdicts,
        faults,
        reasons: truth.reasons,
      });
    } catch (e) {
      results.push(failed(backend, e));
    }
  }
  return results;
}

/** The expected results of a row. */
interface Truth {
  readonly sample: Sample;
  readonly subject: Subject;
  readonly numeric: Numeric;
  readonly witness: Witness;
  /** Faults that do not depend on the backend. */
  readonly faults: readonly Fault[];
  readonly reasons: readonly string[];
}

async function findTruth(entry: CheckedEntry, row: number, judge: Judge, seed: number): Promise<Truth> {
  const sample = entry.samples[row]!;
  const drawn = drawInputs(sample, seed);
  const subject = buildSubject(entry.op, sample, drawn, seed);
  const numeric = await askJudge(subject, judge);
  const question = { op: entry.op, sample, drawn, subject };
  const witness = askTfjs(`${nameOf(entry)}'s row ${row}`, question, judge.tf, numeric);
  const reasons = [
    ...witness.reasons,
    ...(sample.tolerance === undefined ? [] : [sample.tolerance.reason]),
    ...(sample.wideIntegers ? ['integers beyond 2^24: not run where they are computed as floats (webgl, webgpu)'] : []),
    ...(Object.keys(subject.xs).length > 0 ? [] : [sample.notDifferentiable ?? 'nothing to differentiate']),
  ];
  return {
    sample,
    subject,
    numeric,
    witness,
    faults: claimFaults(sample, subject, witness.verdicts),
    reasons,
  };
}

/** Compares a sample's `tfGradIsWrong` with the verdict on tf.grad. It may be missing for complex values. */
function claimFaults(sample: Sample, subject: Subject, { first }: Witness['verdicts']): readonly Fault[] {
  const { tfGradIsWrong } = sample;
  if (first === 'right' && tfGradIsWrong !== undefined)
    return [{ what: `tf.grad is right, though the sample says: ${tfGradIsWrong}` }];
  if ((first === 'wrong' || first === 'throws') && claimOf(sample, subject) === undefined)
    return [{ what: `tf.grad ${first === 'wrong' ? 'is wrong' : 'throws'}, and the sample does not say so` }];
  return [];
}

interface Compared {
  readonly forward?: number;
  readonly first?: number;
  readonly second?: number;
  readonly faults: readonly Fault[];
}

async function compare(
  entry: CheckedEntry,
  { sample, subject, numeric, witness }: Truth,
  backend: Backend,
): Promise<Compared> {
  const own = await run(subject, backend);
  const faults: Fault[] = [];
  const within = (
    fault: Fault,
    expected: ArrayLike<number>,
    actual: ArrayLike<number>,
    scale: number,
    limit: number,
  ) => {
    const worst = farthest(actual, expected, scale);
    if (!(worst.error <= limit)) faults.push({ ...fault, ...worst });
    return worst.error;
  };

  const names = Object.keys(subject.outputs);
  const forward = Math.max(
    0,
    ...names.map((name) =>
      within(
        { what: `the value ${name}, against double precision,` },
        numeric.outputs[name]!,
        own[name]!,
        scaleOf(Object.values(numeric.outputs)),
        FORWARD,
      ),
    ),
    ...names.map((name, k) =>
      witness.values === undefined
        ? 0
        : within(
            { what: `the value ${name}, against tfjs,` },
            witness.values[k]!,
            own[name]!,
            scaleOf(witness.values),
            FORWARD,
          ),
    ),
  );
  const xs = Object.keys(subject.xs);
  if (xs.length === 0) return { forward, faults };

  const { tolerance } = sample;
  const rules = (entry.op?.definition.gradient ?? {}) as Readonly<Record<string, unknown>>;
  const compareEach = (what: string, prefix: string, expected: Values, limit: number): number => {
    const scale = scaleOf(Object.values(expected));
    const errors = xs.map((x) => {
      const before = faults.length;
      const error = within(
        { what: `${what} by ${x}`, rule: lineOf(rules[x.replace(/_\d+$/, '')] ?? rules[x]) },
        expected[x]!,
        own[prefix + x]!,
        scale,
        limit,
      );
      const fault = faults[before];
      if (fault?.element !== undefined) faults[before] = { ...fault, input: subject.feeds[x]!.data[fault.element]! };
      return error;
    });
    return Math.max(...errors);
  };
  const first = compareEach('the gradient', 'd_', numeric.first, tolerance?.first ?? FIRST);
  const second = compareEach('the second order', 'h_', numeric.second, tolerance?.second ?? SECOND);
  const [left, right] = linearity(subject, own);
  within(
    { what: 'the gradient, differentiated by its cotangent,' },
    [right],
    [left],
    scaleOf([[right]]),
    tolerance?.second ?? SECOND,
  );
  return { forward, first, second, faults };
}

/** Both sides of <d<g, v>/dw, w> = <g, v>: the gradient g is linear in w. */
function linearity(subject: Subject, own: Values): readonly [number, number] {
  const total = (names: object, value: (name: string) => string, by: (name: string) => string): number =>
    Object.keys(names).reduce((sum, name) => sum + dot(own[value(name)]!, subject.feeds[by(name)]!.data), 0);
  return [
    total(
      subject.cotangents,
      (w) => `h_${w}`,
      (w) => w,
    ),
    total(
      subject.xs,
      (x) => `d_${x}`,
      (x) => `v_${x}`,
    ),
  ];
}

async function run(subject: Subject, backend: Backend): Promise<Values> {
  const wanted: Record<string, Sym> = { ...subject.outputs, ...subject.gradients, ...subject.second };
  const program = await compile(wanted, { backend });
  try {
    return mapNames(await program.run(subject.feeds), (t: HostValue) => t.data);
  } finally {
    program.dispose();
  }
}
