/** A scalar's gradients and Hessian-vector products, held to finite differences of its value alone, in double precision. */
import { expect } from 'chai';
import {
  type DimBindings,
  evaluateDim,
  type Feeds,
  type Graph,
  gradients,
  type HostValue,
  hvp,
  Placeholder,
  type Program,
  type Sym,
  sizeOf,
  Variable,
} from '../../engine/index.ts';
import { hashSeed, hostUniform } from '../../engine/random.ts';
import { compile } from '../../index.node.ts';
import { farthest, scaleOf } from '../../plugins/gradcheck/distance.ts';
import { loadJudge, toDouble } from '../../plugins/gradcheck/judge.ts';

/** Values of placeholders and variables, by name. */
export type Point = Readonly<Record<string, HostValue>>;

/** A value for every float placeholder and variable of a graph that none is given for. */
export function drawPoint(graph: Graph, dims: DimBindings, given: Point = {}, seed = 1): Point {
  const drawn = [...graph.named].filter(
    ([name, { node, dtype }]) =>
      !(name in given) && dtype === 'float32' && (node.op === Placeholder || node.op === Variable),
  );
  return { ...given, ...Object.fromEntries(drawn.map(([name, s]) => [name, draw(name, s, dims, seed)])) };
}

function draw(name: string, like: Sym, dims: DimBindings, seed: number): HostValue {
  const shape = like.shape.map((d) => evaluateDim(d, dims));
  // a variance is never negative
  const minval = name.endsWith('ariance') ? 0.5 : -1;
  return { data: hostUniform(hashSeed(seed, name), sizeOf(shape), { minval, maxval: 1 }), shape, dtype: 'float32' };
}

/** Runs a program where the point is: its variables are set, its placeholders fed. */
export async function runAt<P extends Program>(program: P, point: Point): Promise<Awaited<ReturnType<P['run']>>> {
  const feeds: Record<string, Feeds[string]> = {};
  for (const [name, value] of Object.entries(point)) {
    if (program.variables.has(name)) await program.variables.set(name, value);
    else if (program.placeholders.has(name)) feeds[name] = value;
  }
  return (await program.run(feeds)) as Awaited<ReturnType<P['run']>>;
}

/** The steps of differences of values, and of differences of those, as gradcheck has them. */
const STEP = 1e-5;
const SECOND_STEP = 1e-4;

type Values = Readonly<Record<string, ArrayLike<number>>>;

/** What a judge in double precision says of a scalar at a point: its gradient, and its Hessian times a direction, by finite differences. */
async function judge(y: Sym, xs: readonly string[], point: Point, direction: Values): Promise<Record<string, Values>> {
  const double = Object.fromEntries(
    Object.entries(point).map(([n, v]) => [n, v.dtype === 'float32' ? { ...v, data: toDouble(v.data) } : v]),
  );
  const program = await compile({ y }, { backend: (await loadJudge()).backend });
  const value = async (at: Point) => (await runAt(program, at)).y.data[0]!;
  const gradient = async (at: Point, step: number) => {
    const result: Record<string, Float64Array> = {};
    for (const x of xs) {
      result[x] = new Float64Array(at[x]!.data.length);
      for (let i = 0; i < result[x].length; i++) {
        const unit = { [x]: Float64Array.from(result[x], (_, k) => Number(k === i)) };
        const [up, down] = [await value(moved(at, unit, step)), await value(moved(at, unit, -step))];
        result[x][i] = (up - down) / (2 * step);
      }
    }
    return result;
  };
  try {
    const up = await gradient(moved(double, direction, SECOND_STEP), SECOND_STEP);
    const down = await gradient(moved(double, direction, -SECOND_STEP), SECOND_STEP);
    const second = xs.map((x) => [x, up[x]!.map((u, i) => (u - down[x]![i]!) / (2 * SECOND_STEP))]);
    return { first: await gradient(double, STEP), second: Object.fromEntries(second) };
  } finally {
    program.dispose();
  }
}

function moved(point: Point, direction: Values, by: number): Point {
  const along = Object.entries(direction).map(([name, v]) => {
    const { data, ...type } = point[name]!;
    return [name, { ...type, data: toDouble(Float64Array.from(data, (d, i) => d + by * v[i]!)) }];
  });
  return { ...point, ...Object.fromEntries(along) };
}

/** Checks gradient and Hessian-vector product of the scalar y by placeholders and variables of these names, on cpu and wasm. */
export async function expectDerivatives(
  graph: Graph,
  y: Sym,
  xs: readonly string[],
  point: Point,
  dims: DimBindings,
): Promise<void> {
  const syms = Object.fromEntries(xs.map((x) => [x, graph.find(x)]));
  const direction = Object.fromEntries(
    xs.map((x) => [x, hostUniform(hashSeed(2, x), point[x]!.data.length, { minval: -1, maxval: 1 })]),
  );
  const constants = Object.fromEntries(
    xs.map((x) => [x, graph.constant(direction[x]!, 'float32', [...point[x]!.shape])]),
  );
  const first = gradients(y, syms);
  const second = hvp(y, syms, constants);
  const expected = await judge(y, xs, point, direction);
  for (const backend of ['cpu', 'wasm']) {
    for (const [order, syms, tolerance] of [
      ['first', first, 1e-4],
      ['second', second, 1e-3],
    ] as const) {
      const program = await compile(syms, { backend, dims });
      const actual = await runAt(program, point);
      const scale = scaleOf(Object.values(expected[order]!));
      for (const x of xs) {
        const { error, ...worst } = farthest(actual[x]!.data, expected[order]![x]!, scale);
        expect(error, `${order} order by ${x} on ${backend}: ${JSON.stringify(worst)}`).to.be.at.most(tolerance);
      }
      program.dispose();
    }
  }
}
