/** Graphs of every kind, for what must hold of all: that they are written and read, verified, and the same with and without passes. */
import {
  assign,
  type CompileOptions,
  compile,
  customGradient,
  type Feeds,
  formatType,
  Graph,
  gradients,
  jacobian,
  map,
  type Program,
  type Sym,
  toposort,
  type Update,
} from '../../engine/index.ts';
import { hashSeed } from '../../engine/random.ts';
import {
  add,
  concat,
  fusedMatMul,
  mean,
  mul,
  ones,
  randomUniform,
  reshape,
  sin,
  slice,
  split,
  sum,
  tanh,
} from '../../ops/index.ts';
import { glorotUniform } from '../../plugins/initializers/index.ts';
import type { Effort } from './effort.ts';

type Outputs = Record<string, Sym>;
type WithUpdates = { outputs: Outputs; updates: readonly Update[] };
export type Built = WithUpdates & { graph: Graph };

/** All that a graph can hold: each kind a graph that uses it. */
export const KINDS: Record<string, (g: Graph) => Outputs | WithUpdates> = {
  'placeholders and symbolic dims': (g) => {
    const x = g.placeholder('x', ['$batch', 4]);
    return { y: reshape(x, ['$batch * 2', 2]), z: slice(x, [0, 1], ['$batch', 2]), n: mean(x) };
  },
  'variables with initializers': (g) => {
    const w = g.variable('w', [2, 3], glorotUniform({ seed: 3 }));
    const b = g.variable('b', [3], [1, 2, 3], { trainable: false });
    const n = g.variable('n', [], 7, { dtype: 'int32' });
    return { y: add(w, b), n };
  },
  'variadic and optional inputs': (g) => {
    const x = g.placeholder('x', [2, 2]);
    return { y: concat([x, tanh(x), x], 1), z: fusedMatMul(x, x, g.constant([1, 2]), 'relu') };
  },
  'several outputs': (g) => {
    const [a, b, c] = split(g.placeholder('x', ['$batch', 6]), 3, 1) as [Sym, Sym, Sym];
    g.name('first', a);
    g.name('last', c);
    // a name that looks like a reference to an output, before one
    return { z: mul(g.name('first:1', tanh(a)), 2), y: concat([c, b], 1), c };
  },
  updates: (g) => {
    const [w, v] = [g.variable('w', [2], [1, 2]), g.variable('a:b', [2], [3, 4])];
    return { outputs: { sum: add(w, v) }, updates: [assign(w, mul(w, 2)), assign(v, w)] };
  },
  'nested maps': (g) => {
    const [x, w] = [g.placeholder('x', ['$batch', 2, 3]), g.variable('w', [3], 2)];
    const y = map(x, (matrix) => map(matrix, (row) => mul(sin(row), w)));
    return { y, dw: gradients(sum(y), w) };
  },
  'maps with several results': (g) => map(g.placeholder('x', [3, 2]), (row) => ({ sine: sin(row), total: sum(row) })),
  'calls with rules of their own': (g) => {
    const [x, w] = [g.placeholder('x', [3]), g.variable('w', [3], 2)];
    const f = customGradient((a: Sym) => mul(a, w), [(_, { dy }) => mul(dy, tanh(w))]);
    return { y: f(x), dx: gradients(sum(f(x)), x) };
  },
  jacobians: (g) => {
    const x = g.placeholder('x', ['$batch']);
    return { j: jacobian(sin(x), x) };
  },
  'random ops': (g) => {
    const x = g.placeholder('x', [4]);
    return { y: add(x, randomUniform([4])), z: mul(x, randomUniform([4])) };
  },
  'numbers that are not finite': (g) => {
    const x = g.placeholder('x', [2]);
    const ends = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0];
    return Object.fromEntries(ends.map((v, i) => [`y${i}`, add(x, v)]));
  },
  data: (g) => ({
    floats: g.constant([0.1, Number.NaN, -0, 1e-40]),
    integers: g.constant([[1], [-(2 ** 31)]], 'int32'),
    bools: g.constant([true, false]),
    nothing: g.constant(new Float32Array(0)),
    large: g.constant(new Float32Array(5000).map((_, i) => i)),
  }),
  'values that were free': () => ({ y: tanh(add(ones([2]), ones(['$batch', 1]))) }),
  'names that are no ids': (g) => {
    const x = g.placeholder('n1', ['$batch']);
    const colon = g.name('x:1', tanh(x));
    return { y: g.name('a "quoted", Ünicode name', add(colon, x)), z: g.name('__proto__', mul(x, colon)) };
  },
};

/** Names of all kinds; of one in four, drawn, where time is short. */
export const drawnKinds = (effort: Effort, seed: number): readonly string[] =>
  Object.keys(KINDS).filter((kind) => effort !== 'quick' || hashSeed(seed, kind) % 4 === 0);

const withUpdates = (built: Outputs | WithUpdates): WithUpdates =>
  'updates' in built ? (built as WithUpdates) : { outputs: built as Outputs, updates: [] };

export function buildKind(name: string): Built {
  const graph = new Graph();
  const { outputs, updates } = withUpdates(KINDS[name]!(graph));
  const adopted = Object.fromEntries(Object.entries(outputs).map(([key, s]) => [key, graph.adopt(s)]));
  return { graph, outputs: adopted, updates };
}

/** Compiled, with a number for its dim. */
export function compileBuilt({ outputs, updates }: Built, options: CompileOptions): Promise<Program> {
  const shapes = toposort([...Object.values(outputs), ...updates.map(({ value }) => value)]).flatMap(
    ({ outputs: syms }) => syms,
  );
  const dims: Record<string, number> = shapes.some((s) => formatType(s).includes('$batch')) ? { batch: 3 } : {};
  return compile(outputs, { updates, seed: 5, dims, ...options });
}

/** Values for all that a program is fed. */
export function feedsFor(program: Program): Feeds {
  const feeds: Record<string, Feeds[string]> = {};
  for (const [name, { shape }] of program.placeholders) {
    const sizes = shape.map((d) => (typeof d === 'number' ? d : 3));
    const size = sizes.reduce((a, b) => a * b, 1);
    feeds[name] = { data: new Float32Array(size).map((_, i) => Math.cos(i)), shape: sizes, dtype: 'float32' };
  }
  return feeds;
}

/** What variables hold. */
export async function variablesOf(program: Program): Promise<Record<string, readonly number[]>> {
  const values: Record<string, readonly number[]> = {};
  for (const name of program.variables.names()) values[name] = [...(await program.variables.get(name)).data];
  return values;
}

/** What a run gives, and what variables hold after it. */
export async function runBuilt(built: Built, options: CompileOptions): Promise<Record<string, readonly number[]>> {
  const program = await compileBuilt(built, options);
  const values: Record<string, readonly number[]> = {};
  for (const [name, { data }] of Object.entries(await program.run(feedsFor(program)))) values[name] = [...data];
  Object.assign(values, await variablesOf(program));
  program.dispose();
  return values;
}
