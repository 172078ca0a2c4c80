/** Random graphs: on every backend what they give without any pass in double precision, and gradients that finite differences agree with. */
import fc from 'fast-check';
import {
  type Backend,
  Cast,
  compile,
  type DType,
  evaluateDim,
  type Feeds,
  Graph,
  type HostValue,
  isDifferentiable,
  isZeroCotangent,
  PIPELINE,
  type Program,
  print,
  RetrographError,
  regionsOf,
  StopGradient,
  type Sym,
  sizeOf,
  toDim,
  toposort,
  typedArrayOf,
} from '../../engine/index.ts';
import { hashSeed, hostUniform } from '../../engine/random.ts';
import { catalogue } from '../../ops/catalogue.ts';
import { scaleOf } from '../../plugins/gradcheck/distance.ts';
import { toDouble } from '../../plugins/gradcheck/judge.ts';
import { HERE, NATIVE } from '../support/here.ts';
import type { Kind } from './kind.ts';
import { disturb, loadNoisyJudge, type Noise, type NoisyJudge } from './noisy-judge.ts';
import { buildGraph, FED, type GraphCase, graphCases, type RandomGraph, VARIABLES } from './random-graph.ts';

const OPS = catalogue.flatMap(({ op }) => op ?? []);
/** Legalizing cannot be left out: it chooses the kernels. What nothing needs may fail. */
const NEEDED = ['legalize', 'dead-code'];
const NO_PASSES = Object.fromEntries(PIPELINE.filter((p) => !NEEDED.includes(p.name)).map((p) => [p.name, false]));

type Values = Readonly<Record<string, HostValue>>;

/** Values of what is fed, and of variables. */
export function pointOf({ dims, fed, seed }: GraphCase): Values {
  const value = (name: string, dtype: DType, shape: readonly number[]): HostValue => {
    const size = sizeOf(shape) * (dtype === 'complex64' ? 2 : 1);
    const draws = hostUniform(hashSeed(seed, name), size, { minval: -2, maxval: 2 });
    const chances = hostUniform(hashSeed(seed, `${name} chance`), size, { minval: 0, maxval: 1 });
    const whole = dtype === 'int32' || fed === 'whole numbers';
    const data = typedArrayOf(dtype, sizeOf(shape));
    for (let i = 0; i < size; i++)
      data[i] =
        dtype === 'bool'
          ? Number(draws[i]! > 0)
          : fed === 'zeros' && dtype !== 'int32'
            ? 0
            : whole
              ? Math.round(draws[i]!) + 0
              : fed === 'not finite' && chances[i]! < 0.2
                ? SPECIAL[Math.floor(chances[i]! * 5 * SPECIAL.length)]!
                : draws[i]!;
    return { data, shape, dtype };
  };
  return Object.fromEntries(
    Object.entries({ ...FED, ...VARIABLES }).map(([name, { dtype, shape }]) => [
      name,
      value(
        name,
        dtype,
        shape.map((d) => evaluateDim(toDim(d), dims)),
      ),
    ]),
  );
}
/** Not -0, nor by rounding: backends differ in the sign of a sum of zeros, and 1 / -0 shows it. */
const SPECIAL = [Number.NaN, Infinity, -Infinity, 0];

const doubled = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, v]) => [
      name,
      v.data instanceof Float32Array ? { ...v, data: toDouble(v.data) } : v,
    ]),
  );
/** What is fed has errors, too: so has what a kernel adds up. */
const noisy = (values: Values, noise: Noise): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, v]) => {
      if (!isDifferentiable(v.dtype)) return [name, v];
      const data = v.data.slice() as Float32Array;
      disturb(data, noise);
      return [name, { ...v, data }];
    }),
  );
const pick = (values: Values, names: Iterable<string>): Feeds =>
  Object.fromEntries([...names].map((name) => [name, values[name]!]));

/** What two runs give, and what variables hold after them: or the name of a typed error. */
type Outcome = { readonly values: Values } | { readonly error: string; readonly message: string };

async function outcomeOf(
  make: () => Promise<Program>,
  point: Values,
  around: <T>(work: () => T) => T = (work) => work(),
): Promise<Outcome> {
  let program: Program | undefined;
  try {
    program = await make();
    for (const name of program.variables.names()) await program.variables.set(name, point[name]!);
    const feeds = pick(point, program.placeholders.keys());
    const values: Record<string, HostValue> = {};
    for (const run of ['', ' again']) {
      const results = await around(() => program!.run(feeds));
      for (const [name, value] of Object.entries(results)) values[name + run] = value;
    }
    for (const name of program.variables.names()) values[`${name} after`] = await program.variables.get(name);
    return { values };
  } catch (e) {
    if (!(e instanceof RetrographError)) throw e;
    return { error: e.name, message: e.message };
  } finally {
    program?.dispose();
  }
}

const SMOOTH: readonly GraphCase['fed'][] = ['smooth', 'not finite'];
/** What a backend may say that another runs. */
const REFUSALS = ['UnsupportedOpError', 'LimitError'];

export interface Counts {
  [name: string]: number;
}

export class GraphJudge {
  readonly #judge: NoisyJudge;
  readonly counts: Counts = { nodes: 0, gradients: 0, refused: 0, unstable: 0 };

  constructor(judge: NoisyJudge) {
    this.#judge = judge;
  }

  /** @throws what is wrong, with the graph */
  async check(chosen: GraphCase, backends: readonly Backend[]): Promise<void> {
    const random = buildGraph(chosen);
    const nodes = toposort(Object.values(random.outputs));
    this.counts.nodes! += nodes.length;
    const { backend } = this.#judge;
    const { outputs, updates } = random;
    const known = chosen.known ? { dims: chosen.dims } : {};
    const point = pointOf(chosen);
    const double = doubled(point);

    const buffers = backend.memory().buffers;
    /** Fails unless the outcome is the one expected, or what that comes to by errors of a size. */
    const compare = async (
      what: string,
      actual: Outcome,
      { expected, make }: { expected: Outcome; make: () => Promise<Program> },
      { tolerance, noise, ...how }: Exactness & { readonly noise: number },
    ): Promise<void> => {
      if (faultOf(actual, expected, { tolerance, ...how }) === undefined) return;
      const moved: Outcome[] = [];
      for (let seed = 1; seed <= 6; seed++) {
        const own = { seed, size: noise * seed };
        moved.push(await outcomeOf(make, noisy(double, own), (work) => this.#judge.withNoise(own, work)));
      }
      const fault = faultOf(actual, expected, { tolerance, moved, ...how });
      if (fault === undefined) this.counts.unstable!++;
      else fail(what, fault, random, chosen, point);
    };

    const makePlain = () => compile(outputs, { backend, updates, dims: chosen.dims, passes: NO_PASSES });
    const hasEmpty = Object.values(chosen.dims).includes(0);
    const plain = { make: makePlain, expected: await outcomeOf(makePlain, double) };
    const make = () => compile(outputs, { backend, updates, verify: true, ...known });
    const optimized = { make, expected: await outcomeOf(make, double) };
    // a product with a zero of the engine's own is 0 when it has been simplified, and may be NaN before: docs/conventions.md
    const losesNaN = nodes.some(
      ({ op, outputs: syms }) => (op === Cast && syms[0]!.dtype === 'complex64') || syms.some(isZeroCotangent),
    );
    await compare('with all passes, in double precision', optimized.expected, plain, {
      tolerance: 1e-6,
      noise: 1e-13,
      losesNaN,
      hasEmpty,
    });
    await this.#readAgain(random, chosen, double, optimized.expected);
    await expectBuffers(backend, buffers);

    for (const backend of backends) {
      if (NATIVE.includes(backend) && !chosen.native) continue;
      const before = backend.memory!().buffers;
      const actual = await outcomeOf(() => compile(outputs, { backend, updates, verify: true, ...known }), point);
      await expectBuffers(backend, before);
      if ('error' in actual && REFUSALS.includes(actual.error)) this.counts.refused!++;
      else await compare(`on ${backend.name}`, actual, optimized, { tolerance: 1e-4, noise: 1e-7, hasEmpty });
    }
    // differences are of the program without passes, of whose NaN the passes may make numbers
    const { expected } = plain;
    if (
      'values' in expected &&
      SMOOTH.includes(chosen.fed) &&
      !regionsOf(nodes).some((region) => region.nodes.some((n) => n.op === StopGradient))
    )
      await this.#differences(random, chosen, point, expected.values);
  }

  /** What is written and read gives the same. */
  async #readAgain(random: RandomGraph, chosen: GraphCase, double: Values, expected: Outcome): Promise<void> {
    const { backend } = this.#judge;
    const { graph, outputs, updates } = random;
    const document = JSON.parse(JSON.stringify(graph.toJSON(outputs, updates)));
    const again = Graph.fromJSON(document, { ops: OPS });
    const known = chosen.known ? { dims: chosen.dims } : {};
    const actual = await outcomeOf(() => compile(again.outputs, { backend, updates: again.updates, ...known }), double);
    const fault = faultOf(actual, expected, { tolerance: 0 });
    if (fault !== undefined) fail('written and read', fault, random, chosen, double);
  }

  /** The gradient along a direction, and central differences of the loss: not where a value lies on a kink because it was fed there. */
  async #differences(random: RandomGraph, chosen: GraphCase, point: Values, values: Values): Promise<void> {
    const { backend } = this.#judge;
    const directions: Record<string, Float64Array> = {};
    let slope = 0;
    let size = LEAST;
    for (const name of Object.keys(random.xs)) {
      const gradient = values[`d_${name}`]!.data;
      const draws = hostUniform(hashSeed(chosen.seed, `${name} direction`), gradient.length, { minval: -1, maxval: 1 });
      directions[name] = Float64Array.from(draws, (d, i) =>
        Number.isFinite(gradient[i]) && Number.isFinite(1 / point[name]!.data[i]!) ? d : 0,
      );
      directions[name].forEach((d, i) => {
        if (d === 0) return;
        slope += d * gradient[i]!;
        size += Math.abs(d * gradient[i]!);
      });
    }
    if (size === LEAST) return; // nothing depends on what is fed
    const program = await compile({ loss: random.outputs.loss! }, { backend, dims: chosen.dims, passes: NO_PASSES });
    try {
      const at = async (by: number): Promise<number> => {
        const moved = { ...doubled(point) };
        for (const [name, direction] of Object.entries(directions)) {
          const value = point[name]!;
          moved[name] = { ...value, data: toDouble(direction.map((d, i) => value.data[i]! + by * d)) };
        }
        for (const name of program.variables.names()) await program.variables.set(name, moved[name]!);
        return (await program.run(pick(moved, program.placeholders.keys()))).loss!.item();
      };
      const h = 1e-5;
      const [below, middle, above] = [await at(-h), await at(0), await at(h)];
      const central = (above - below) / (2 * h);
      const wide = ((await at(2 * h)) - (await at(-2 * h))) / (4 * h);
      const kink = Math.abs(above - 2 * middle + below) / h;
      const allowed =
        1e-4 * (size + Math.abs(central)) + 2 * kink + 2 * Math.abs(central - wide) + (1e-10 * Math.abs(middle)) / h;
      if (!Number.isFinite(allowed)) return;
      this.counts.gradients!++;
      if (Math.abs(central - slope) <= allowed) return;
      const fault = { name: 'loss', text: `its slope is ${slope}, and finite differences are ${central}` };
      fail('gradient', fault, random, chosen, point);
    } catch (e) {
      if (!(e instanceof RetrographError)) throw e;
    } finally {
      program.dispose();
    }
  }
}

/** Slopes below it are small. */
const LEAST = 1e-2;

interface Fault {
  /** The output that is wrong. */
  readonly name: string;
  readonly text: string;
}

interface Exactness {
  readonly tolerance: number;
  /** Outcomes that are as right as the one expected: what lies among them, or near, is right. */
  readonly moved?: readonly Outcome[];
  /** Whether what is expected to be NaN may be a number. */
  readonly losesNaN?: boolean;
  /** Whether a value without elements may be computed or not, with its operands: one may fail, or be NaN, which a sum of nothing takes over. */
  readonly hasEmpty?: boolean;
}

function faultOf(
  actual: Outcome,
  expected: Outcome,
  { tolerance, moved = [], losesNaN, hasEmpty }: Exactness,
): Fault | undefined {
  if ('error' in actual || 'error' in expected) {
    const [a, e] = [actual, expected].map((o) => ('error' in o ? o.error : 'no error'));
    const others = moved.map((o) => ('error' in o ? o.error : 'no error'));
    return a === e || others.includes(a!) || (hasEmpty && (a === 'no error' || e === 'no error'))
      ? undefined
      : { name: 'loss', text: `${a}, not ${e}: ${messageOf(actual) ?? messageOf(expected)}` };
  }
  // the loss is of the elements that are finite: where a NaN has become one, there are more
  const hasMore = losesNaN && Object.values(expected.values).some(({ data }) => [...data].some(Number.isNaN));
  for (const [name, e] of Object.entries(expected.values)) {
    if (hasMore && !name.startsWith('y')) continue;
    const a = actual.values[name];
    if (a === undefined || a.dtype !== e.dtype || `${a.shape}` !== `${e.shape}`)
      return { name, text: `${a?.dtype}[${a?.shape}], not ${e.dtype}[${e.shape}]` };
    const others = moved.flatMap((o) => ('values' in o ? o.values[name]!.data : []));
    const scale = scaleOf([e.data]);
    for (let i = 0; i < e.data.length; i++) {
      const [x, y] = [a.data[i]!, e.data[i]!];
      if (Object.is(x + 0, y + 0) || ((losesNaN || hasEmpty) && Number.isNaN(y)) || (hasEmpty && Number.isNaN(x)))
        continue;
      const around = others.map((o) => o[i]!);
      const spread = Math.max(0, ...around.map((v) => Math.abs(v - y)));
      const unstable = around.some((v) => Object.is(v + 0, x + 0) || Number.isFinite(v) !== Number.isFinite(y));
      if (unstable || Math.abs(x - y) <= tolerance * scale + 10 * spread) continue;
      return { name, text: `element ${i} is ${x}, not ${y}` };
    }
  }
  return undefined;
}
const messageOf = (o: Outcome): string | undefined => ('message' in o ? o.message : undefined);

/** Natively, what has been disposed of is freed some turns later. */
async function expectBuffers(backend: Backend, before: number): Promise<void> {
  const left = (): number => backend.memory!().buffers - before;
  for (let turn = 0; turn < 20 && left() > 0; turn++) await new Promise((later) => setTimeout(later, 5));
  if (left() > 0) throw new Error(`${backend.name} holds ${left()} buffers more than before`);
}

/** With the graph that was built: the output that is wrong, or all that the loss is made of. */
function fail(
  what: string,
  { name, text }: Fault,
  { outputs, updates }: RandomGraph,
  chosen: GraphCase,
  point: Values,
): never {
  const bare = name.replace(/ (again|after)$/, '');
  const update = updates.find(({ variable }) => variable.label === bare);
  const ys = Object.fromEntries(Object.entries(outputs).filter(([own]) => own.startsWith('y')));
  const shown: Readonly<Record<string, Sym>> =
    update !== undefined ? { [bare]: update.value } : bare.startsWith('y') ? { [bare]: ys[bare]! } : ys;
  const fed = toposort(Object.values(shown)).flatMap(({ attrs }) => {
    const value = typeof attrs.name === 'string' ? point[attrs.name] : undefined;
    return value === undefined ? [] : `${attrs.name}: [${[...value.data].slice(0, 40).join(', ')}]`;
  });
  const { dims, known, order } = chosen;
  throw new Error(
    [
      `${what}: '${name}': ${text}`,
      `dims ${JSON.stringify({ ...dims, known })}, order ${order}, ${chosen.fed}`,
      ...fed,
      print(shown),
    ].join('\n'),
  );
}

export const graphs: Kind = {
  name: 'graphs',
  async open() {
    const judge = new GraphJudge(await loadNoisyJudge());
    for (const backend of HERE) await backend.start();
    return {
      property: fc.asyncProperty(graphCases(10), (chosen) => judge.check(chosen, HERE)),
      counts: judge.counts,
      close: async () => {},
    };
  },
};
