/**
 * Builds the graph under test: a row's value(s), their gradients for random cotangents, and the gradients of those. A complex value counts
 * as two real ones: with interleaved parts, dot(y, w) is Re(sum y conj(w)), and its gradient is by convention dL/dRe z + i dL/dIm z.
 */
import type { AnyOp, DimBindings, HostValue, Sym } from '../../engine/index.ts';
import {
  building,
  evaluateDim,
  Graph,
  isDifferentiable,
  isSym,
  NOT_DIFFERENTIABLE,
  numbersPer,
  sizeOf,
  vjp,
} from '../../engine/index.ts';
import { hashSeed, hostUniform } from '../../engine/random.ts';
import type { Sample } from '../../ops/sample.ts';
import { bindingsOf, type DrawnInput } from './draw.ts';

/** The graph under test. It is fed with the sample's inputs, random cotangents and random directions. */
export interface Subject {
  readonly outputs: Readonly<Record<string, Sym>>;
  readonly feeds: Readonly<Record<string, HostValue>>;
  /** The inputs to differentiate by. */
  readonly xs: Readonly<Record<string, Sym>>;
  /** The names of the differentiable outputs. */
  readonly smooth: readonly string[];
  /** A cotangent for each differentiable output: w0, w1, ... */
  readonly cotangents: Readonly<Record<string, Sym>>;
  /** The gradient of <y, w> by each x: d_x. */
  readonly gradients: Readonly<Record<string, Sym>>;
  /** A direction for each x: v_x. */
  readonly directions: Readonly<Record<string, Sym>>;
  /** The gradient of <d_x, v_x>, summed over the xs, by each x and each cotangent: h_x, h_w0, ... */
  readonly second: Readonly<Record<string, Sym>>;
}

/**
 * Applies an op, or the sample's builder, to the inputs, and builds the graph that checks the result.
 * @param dims the sizes of unknown dims
 */
export function buildSubject(
  op: AnyOp | undefined,
  sample: Sample,
  drawn: readonly DrawnInput[],
  seed: number,
  dims: DimBindings = bindingsOf(sample),
): Subject {
  const g = new Graph();
  const feeds: Record<string, HostValue> = Object.fromEntries(drawn.map(({ name, value }) => [name, value]));
  const inputs: Record<string, Sym> = {};
  const slots: Record<string, Sym | readonly Sym[]> = {};
  for (const { name, slot, shape, dtype } of drawn) {
    inputs[name] = g.placeholder(name, shape, dtype);
    const several = Array.isArray(sample.inputs[slot]);
    slots[slot] = several ? [...((slots[slot] ?? []) as readonly Sym[]), inputs[name]] : inputs[name];
  }
  /** A placeholder with the type of `like`, fed with random values. */
  const random = (name: string, like: Sym): Sym => {
    const shape = like.shape.map((d) => evaluateDim(d, dims));
    feeds[name] = {
      data: hostUniform(hashSeed(seed, name), sizeOf(shape) * numbersPer(like.dtype), { minval: -1, maxval: 1 }),
      shape,
      dtype: like.dtype,
    };
    return g.placeholder(name, like.shape, like.dtype);
  };

  const built =
    sample.build === undefined
      ? op!.nodes(slots, sample.attrs ?? {})
      : building(g, () => sample.build!(slots as Record<string, Sym>));
  const ys = (isSym(built) ? [built] : built).map((s) => g.adopt(s));
  const outputs = Object.fromEntries(ys.map((s, k) => [`y${k}`, s]));
  const smooth = Object.keys(outputs).filter((name) => isDifferentiable(outputs[name]!.dtype));
  const xs =
    sample.notDifferentiable === undefined && smooth.length > 0 ? differentiableInputs(op, sample, drawn, inputs) : {};
  if (Object.keys(xs).length === 0)
    return { outputs, feeds, xs, smooth, cotangents: {}, gradients: {}, directions: {}, second: {} };

  const cotangents = Object.fromEntries(smooth.map((name, k) => [`w${k}`, random(`w${k}`, outputs[name]!)]));
  const first = vjp(
    smooth.map((name) => outputs[name]!),
    Object.values(cotangents),
    xs,
    { unconnected: 'zeros' },
  );
  const directions = mapNames(first, (g1, name) => random(`v_${name}`, g1));
  const second = vjp(
    Object.values(first),
    Object.values(directions),
    { ...xs, ...cotangents },
    { unconnected: 'zeros' },
  );
  return {
    outputs,
    feeds,
    xs,
    smooth,
    cotangents,
    gradients: renamed('d_', first),
    directions,
    second: renamed('h_', second),
  };
}

/** The float inputs, except those that the op declares not differentiable. For samples with a builder, all float inputs. */
function differentiableInputs(
  op: AnyOp | undefined,
  sample: Sample,
  drawn: readonly DrawnInput[],
  inputs: Readonly<Record<string, Sym>>,
): Record<string, Sym> {
  const rules = (op?.definition.gradient ?? {}) as Readonly<Record<string, unknown>>;
  const eligible = drawn.filter(
    ({ slot, dtype }) => isDifferentiable(dtype) && (sample.build !== undefined || rules[slot] !== NOT_DIFFERENTIABLE),
  );
  return Object.fromEntries(eligible.map(({ name }) => [name, inputs[name]!]));
}

export const mapNames = <V, W>(record: Readonly<Record<string, V>>, f: (value: V, name: string) => W) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value, name)])) as Record<string, W>;
const renamed = (prefix: string, record: Readonly<Record<string, Sym>>): Record<string, Sym> =>
  Object.fromEntries(Object.entries(record).map(([name, s]) => [prefix + name, s]));
