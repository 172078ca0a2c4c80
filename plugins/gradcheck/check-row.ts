/** One row of an op's samples on one backend: forward, first order, second order, tf.grad, leaks. */
import {
  type AnyOp,
  type Backend,
  building,
  compile,
  evaluateDim,
  type Feeds,
  Graph,
  type HostValue,
  isDifferentiable,
  isSym,
  NOT_DIFFERENTIABLE,
  type Sample,
  type Sym,
  sizeOf,
  vjp,
} from '../../engine/index.ts';
import { hashSeed, hostUniform } from '../../engine/random.ts';
import { bindingsOf, type DrawnInput, drawInputs } from './draw.ts';
import { type Judge, toDouble } from './judge.ts';
import { askTfjs } from './witness.ts';

/** What is checked: an op's file. One that defines no op of its own (a builder over others) has samples that build. */
export interface CheckedEntry {
  readonly op: AnyOp | undefined;
  /** `family/file`, for entries without an op. */
  readonly path?: string;
  readonly samples: readonly Sample[];
}

/** The name under which an entry is reported. */
export const nameOf = (entry: CheckedEntry): string => entry.op?.name ?? entry.path?.split('/').at(-1) ?? 'unnamed';

/** Errors are relative to the largest element, or to 0.1 where all are smaller. */
export interface RowResult {
  readonly op: string;
  /** Position in the op's samples. */
  readonly row: number;
  readonly note: string;
  readonly backend: string;
  readonly status: 'ok' | 'failed' | 'skipped';
  /** Largest error of the value, of the gradients, of the Hessian-vector products. */
  readonly forward?: number | undefined;
  readonly first?: number | undefined;
  readonly second?: number | undefined;
  /** The error of tf.grad, where it gives an answer. */
  readonly tfGrad?: number | undefined;
  /** What failed, or why a part was not checked. */
  readonly reason?: string | undefined;
}

const FORWARD = 1e-4;
const FIRST = 1e-4;
const SECOND = 1e-3;
/** Step of central differences in double precision: truncation and rounding are both near 1e-10. */
const STEP = 1e-5;

export async function checkRow(
  entry: CheckedEntry,
  row: number,
  backend: Backend,
  judge: Judge,
  seed: number,
): Promise<RowResult> {
  const sample = entry.samples[row]!;
  const base = { op: nameOf(entry), row, note: sample.note ?? '', backend: backend.name };
  const before = backend.memory().buffers;
  try {
    const measured = await measure(entry, sample, backend, judge, hashSeed(seed, `${nameOf(entry)}/${row}`));
    const leaked = backend.memory().buffers - before;
    const faults = [...measured.faults, ...(leaked === 0 ? [] : [`${leaked} buffers are left`])];
    const { reasons, forward, first, second, tfGrad } = measured;
    return {
      ...base,
      forward,
      first,
      second,
      tfGrad,
      status: faults.length === 0 ? 'ok' : 'failed',
      reason: [...faults, ...reasons].join('; ') || undefined,
    };
  } catch (e) {
    return { ...base, status: 'failed', reason: `${(e as Error).name}: ${(e as Error).message}` };
  }
}

interface Measured {
  readonly forward?: number | undefined;
  readonly first?: number | undefined;
  readonly second?: number | undefined;
  readonly tfGrad?: number | undefined;
  readonly faults: readonly string[];
  readonly reasons: readonly string[];
}

/** The graph under test. Its feeds are those of the sample, then random cotangents and directions. */
interface Subject {
  readonly outputs: Readonly<Record<string, Sym>>;
  readonly feeds: Readonly<Record<string, HostValue>>;
  /** What is differentiated by. */
  readonly xs: Readonly<Record<string, Sym>>;
  /** A cotangent for each differentiable output: w0, w1, ... */
  readonly cotangents: Readonly<Record<string, Sym>>;
  /** The gradient of <y, w> by each x: d_x. */
  readonly gradients: Readonly<Record<string, Sym>>;
  /** A direction for each x: v_x. */
  readonly directions: Readonly<Record<string, Sym>>;
  /** The gradient of <d_x, v_x>, summed over the xs, by each x and each cotangent: h_x, h_w0, ... */
  readonly second: Readonly<Record<string, Sym>>;
}

async function measure(
  entry: CheckedEntry,
  sample: Sample,
  backend: Backend,
  judge: Judge,
  seed: number,
): Promise<Measured> {
  const drawn = drawInputs(sample, seed);
  const subject = buildSubject(entry, sample, drawn, seed);
  const own = await run(subject, backend, subject.feeds);
  const faults: string[] = [];
  const reasons: string[] = [];
  const within = (what: string, error: number, limit: number): number => {
    if (!(error <= limit)) faults.push(`${what} is off by ${error.toExponential(1)}`);
    return error;
  };

  const exact = await run(subject, judge.backend, doubled(subject.feeds), subject.outputs);
  const values = pick(own, subject.outputs);
  let forward = within('the value, against double precision,', distance(values, pick(exact, subject.outputs)), FORWARD);
  const witness = askTfjs(entry.op, sample, drawn, subject, judge.tf);
  if (witness.values !== undefined)
    forward = Math.max(forward, within('the value, against tfjs,', distance(values, witness.values), FORWARD));
  if (witness.reason !== undefined) reasons.push(witness.reason);
  if (Object.keys(subject.xs).length === 0)
    return { forward, faults, reasons: [...reasons, sample.notDifferentiable ?? 'nothing to differentiate'] };

  const { tolerance } = sample;
  if (tolerance !== undefined) reasons.push(tolerance.reason);
  const numeric = await numericGradients(subject, judge);
  const first = within(
    'the gradient',
    distance(pick(own, subject.gradients), pick(numeric, subject.gradients)),
    tolerance?.first ?? FIRST,
  );
  const curvature = await numericSecond(subject, judge);
  const names = Object.keys(subject.xs);
  const own2 = names.map((name) => own[`h_${name}`]!);
  const second = within('the second order', distance(own2, pick(curvature, subject.xs)), tolerance?.second ?? SECOND);
  const linear = linearity(subject, own);
  within('the gradient by its cotangent', linear, tolerance?.second ?? SECOND);
  const tfGrad = witness.gradients && distance(witness.gradients, pick(numeric, subject.gradients));
  if (tfGrad !== undefined && sample.tfGradIsWrong === undefined)
    within('tf.grad, against finite differences,', tfGrad, FIRST);
  return { forward, first, second, tfGrad, faults, reasons };
}

/** The gradient is linear in w: <d<g, v>/dw, w> = <g, v>. */
function linearity(subject: Subject, own: Values): number {
  const left = Object.keys(subject.cotangents).reduce(
    (sum, name) => sum + dot(own[`h_${name}`]!, subject.feeds[name]!.data),
    0,
  );
  const right = Object.keys(subject.xs).reduce(
    (sum, name) => sum + dot(own[`d_${name}`]!, subject.feeds[`v_${name}`]!.data),
    0,
  );
  return distance([[left]], [[right]]);
}

/** An op's inputs as its node, or the sample's own builder, takes them; and the graph that checks what comes out. */
function buildSubject(entry: CheckedEntry, sample: Sample, drawn: readonly DrawnInput[], seed: number): Subject {
  const g = new Graph();
  const dims = bindingsOf(sample);
  const feeds: Record<string, HostValue> = Object.fromEntries(drawn.map(({ name, value }) => [name, value]));
  const inputs: Record<string, Sym> = {};
  const slots: Record<string, Sym | readonly Sym[]> = {};
  for (const { name, slot, shape, dtype } of drawn) {
    inputs[name] = g.placeholder(name, shape, dtype);
    const several = Array.isArray(sample.inputs[slot]);
    slots[slot] = several ? [...((slots[slot] ?? []) as readonly Sym[]), inputs[name]] : inputs[name];
  }
  /** A placeholder of the type of `like`, fed with random values. */
  const random = (name: string, like: Sym): Sym => {
    const shape = like.shape.map((d) => evaluateDim(d, dims));
    feeds[name] = {
      data: hostUniform(hashSeed(seed, name), sizeOf(shape), { minval: -1, maxval: 1 }),
      shape,
      dtype: 'float32',
    };
    return g.placeholder(name, like.shape);
  };

  const built =
    sample.build === undefined
      ? entry.op!.nodes(slots, sample.attrs ?? {})
      : building(g, () => sample.build!(slots as Record<string, Sym>));
  const ys = (isSym(built) ? [built] : built).map((s) => g.adopt(s));
  const outputs = Object.fromEntries(ys.map((s, k) => [`y${k}`, s]));
  const smooth = ys.filter((s) => isDifferentiable(s.dtype));
  const xs =
    sample.notDifferentiable === undefined && smooth.length > 0
      ? differentiableInputs(entry, sample, drawn, inputs)
      : {};
  if (Object.keys(xs).length === 0)
    return { outputs, feeds, xs, cotangents: {}, gradients: {}, directions: {}, second: {} };

  const cotangents = Object.fromEntries(smooth.map((y, k) => [`w${k}`, random(`w${k}`, y)]));
  const first = vjp(smooth, Object.values(cotangents), xs, { unconnected: 'zeros' });
  const directions = mapNames(first, (g1, name) => random(`v_${name}`, g1));
  const second = vjp(
    Object.values(first),
    Object.values(directions),
    { ...xs, ...cotangents },
    { unconnected: 'zeros' },
  );
  return { outputs, feeds, xs, cotangents, gradients: renamed('d_', first), directions, second: renamed('h_', second) };
}

const mapNames = <V, W>(record: Readonly<Record<string, V>>, f: (value: V, name: string) => W): Record<string, W> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value, name)]));
const renamed = (prefix: string, record: Readonly<Record<string, Sym>>): Record<string, Sym> =>
  Object.fromEntries(Object.entries(record).map(([name, s]) => [prefix + name, s]));

/** Float inputs that the op does not declare not differentiable. A sample with a builder of its own has them all. */
function differentiableInputs(
  entry: CheckedEntry,
  sample: Sample,
  drawn: readonly DrawnInput[],
  inputs: Readonly<Record<string, Sym>>,
): Record<string, Sym> {
  const rules = (entry.op?.definition.gradient ?? {}) as Readonly<Record<string, unknown>>;
  const eligible = drawn.filter(
    ({ slot, dtype }) => isDifferentiable(dtype) && (sample.build !== undefined || rules[slot] !== NOT_DIFFERENTIABLE),
  );
  return Object.fromEntries(eligible.map(({ name }) => [name, inputs[name]!]));
}

type Values = Readonly<Record<string, ArrayLike<number>>>;

async function run(
  subject: Subject,
  backend: Backend,
  feeds: Feeds,
  wanted: Readonly<Record<string, Sym>> = all(subject),
): Promise<Values> {
  const program = await compile(wanted, { backend });
  try {
    return valuesOf(await program.run(feeds));
  } finally {
    program.dispose();
  }
}

const all = ({ outputs, gradients, second }: Subject): Record<string, Sym> => ({ ...outputs, ...gradients, ...second });
const valuesOf = (results: Readonly<Record<string, HostValue>>): Values => mapNames(results, (t) => t.data);
const pick = (values: Values, names: object): readonly ArrayLike<number>[] =>
  Object.keys(names).map((name) => values[name]!);

/** The feeds with every float in double precision. */
const doubled = (feeds: Readonly<Record<string, HostValue>>): Record<string, HostValue> =>
  mapNames(feeds, (v) => (v.dtype === 'float32' ? { ...v, data: toDouble(v.data) } : v));

/** The largest difference, relative to the largest element (or to 0.1); equal infinities and NaNs differ by nothing. */
function distance(actual: readonly ArrayLike<number>[], expected: readonly ArrayLike<number>[]): number {
  let error = 0;
  expected.forEach((e, k) => {
    const a = actual[k]!;
    if (a.length !== e.length) error = Number.POSITIVE_INFINITY;
    let scale = 0.1;
    for (let i = 0; i < e.length; i++) if (Number.isFinite(e[i])) scale = Math.max(scale, Math.abs(e[i]!));
    for (let i = 0; i < e.length; i++) {
      const same = Object.is(a[i]! + 0, e[i]! + 0);
      const difference = same ? 0 : Math.abs(a[i]! - e[i]!) / scale;
      error = Math.max(error, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
    }
  });
  return error;
}

/** A program on the judge, run again and again at shifted inputs. */
async function onJudge<T>(
  judge: Judge,
  wanted: Readonly<Record<string, Sym>>,
  use: (at: (feeds: Feeds) => Values) => T,
): Promise<T> {
  const program = await compile(wanted, { backend: judge.backend });
  try {
    return use((feeds) => valuesOf(program.runSync(feeds)));
  } finally {
    program.dispose();
  }
}

/** d<y, w>/dx for every element of every x, by central differences of the value in double precision. */
async function numericGradients(subject: Subject, judge: Judge): Promise<Values> {
  const feeds = doubled(subject.feeds);
  const ys = Object.entries(subject.outputs)
    .filter(([, y]) => isDifferentiable(y.dtype))
    .map(([name]) => name);
  const ws = Object.keys(subject.cotangents).map((name) => feeds[name]!.data);
  return onJudge(judge, subject.outputs, (at) => {
    const project = (shifted: Feeds): number => {
      const values = at(shifted);
      return ys.reduce((sum, name, k) => sum + dot(values[name]!, ws[k]!), 0);
    };
    return Object.fromEntries(
      Object.keys(subject.xs).map((name) => {
        const { data } = feeds[name]!;
        const gradient = Float64Array.from({ length: data.length }, (_, i) => {
          const shifted = (by: number): Feeds => {
            const copy = data.slice();
            copy[i] = copy[i]! + by;
            return { ...feeds, [name]: { ...feeds[name]!, data: copy } };
          };
          return (project(shifted(STEP)) - project(shifted(-STEP))) / (2 * STEP);
        });
        return [`d_${name}`, gradient];
      }),
    );
  });
}

/**
 * Hessian-vector products by central differences of the gradient along v. The Hessian is symmetric, so that they are what
 * differentiating <g, v> gives.
 */
async function numericSecond(subject: Subject, judge: Judge): Promise<Values> {
  const feeds = doubled(subject.feeds);
  return onJudge(judge, subject.gradients, (at) => {
    const along = (by: number): Values =>
      at({
        ...feeds,
        ...mapNames(subject.xs, (_, name) => ({
          ...feeds[name]!,
          data: feeds[name]!.data.map((v, i) => v + by * feeds[`v_${name}`]!.data[i]!) as Float32Array,
        })),
      });
    const [up, down] = [along(STEP), along(-STEP)];
    return mapNames(subject.xs, (_, name) =>
      Float64Array.from(up[`d_${name}`]!, (u, i) => (u - down[`d_${name}`]![i]!) / (2 * STEP)),
    );
  });
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};
