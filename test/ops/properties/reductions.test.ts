/** Reductions, scans and normalizations over random axes. */
import fc from 'fast-check';
import type { Sym } from '../../../engine/index.ts';
import * as ops from '../../../ops/index.ts';
import { distinct, type SampleInput, uniform } from '../../../ops/sample.ts';
import {
  axesOf,
  axisOf,
  holds,
  indicesOf,
  positive,
  reader,
  row,
  type Shape,
  shapes,
  type Tensor,
  type Tf,
  tabulate,
} from '../../support/properties.ts';

type Axes = readonly number[] | null;
interface Reduction {
  readonly shape: Shape;
  readonly axes: Axes;
  readonly keepDims: boolean;
}

/** Some or all axes; null means all. */
const reductions = (maxRank: number, least: 0 | 1, minRank = 0): fc.Arbitrary<Reduction> =>
  shapes(minRank, maxRank, { least }).chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      axes: fc.oneof({ weight: 4, arbitrary: axesOf(shape.length) }, fc.constant(null)),
      keepDims: fc.boolean(),
    }),
  );

/** By loops: each result is made of the elements that it stands for. */
const reduced =
  ({ axes, keepDims }: Reduction, of: (elements: readonly number[]) => number) =>
  (tf: Tf, [x]: readonly Tensor[]): Tensor => {
    const { shape } = x!;
    const along = new Set(axes === null ? shape.keys() : axes.map((a) => positive(a, shape.length)));
    const at = reader(x!);
    const inner = indicesOf(shape.map((d, i) => (along.has(i) ? d : 1)));
    const kept = tabulate(
      tf,
      shape.map((d, i) => (along.has(i) ? 1 : d)),
      (index) => of(inner.map((offset) => at(index.map((i, k) => i + offset[k]!)))),
    );
    return keepDims
      ? kept
      : tf.reshape(
          kept,
          shape.filter((_, i) => !along.has(i)),
        );
  };

const total = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0);
const mean = (xs: readonly number[]): number => total(xs) / xs.length;
const product = (xs: readonly number[]): number => xs.reduce((a, b) => a * b, 1);
const variance = (xs: readonly number[]): number => mean(xs.map((x) => (x - mean(xs)) ** 2));

interface Case {
  readonly build: (x: Sym, axes: Axes, keepDims: boolean) => Sym;
  readonly of: (xs: readonly number[]) => number;
  readonly draw: (shape: Shape) => SampleInput;
}
const spread = (shape: Shape) => uniform(shape, -2, 2);
/** Those that mean something of no elements too. */
const OF_ANY: Readonly<Record<string, Case>> = {
  sum: { build: ops.sum, of: total, draw: spread },
  prod: { build: ops.prod, of: product, draw: (shape) => uniform(shape, 0.6, 1.4) },
  // nothing is 0 beside the elements that are taken: the norm has no kink
  norm: {
    build: (x, axes, keepDims) => {
      const axis = (axes ?? [...x.shape.keys()]).map((a) => positive(a, x.rank)).sort();
      return ops.EuclideanNorm.node({ x }, { axis, keepDims });
    },
    of: (xs) => Math.hypot(...xs),
    draw: (shape) => uniform(shape, 0.5, 2),
  },
};
const OF_SOME: Readonly<Record<string, Case>> = {
  mean: { build: ops.mean, of: mean, draw: spread },
  max: { build: ops.max, of: (xs) => Math.max(...xs), draw: (shape) => distinct(shape) },
  min: { build: ops.min, of: (xs) => Math.min(...xs), draw: (shape) => distinct(shape) },
  logSumExp: { build: ops.logSumExp, of: (xs) => Math.log(total(xs.map(Math.exp))), draw: spread },
  variance: { build: (x, axes, keepDims) => ops.moments(x, axes, keepDims).variance, of: variance, draw: spread },
  absSum: {
    build: (x, axes, keepDims) => ops.sum(ops.abs(x), axes, keepDims),
    of: (xs) => total(xs.map(Math.abs)),
    draw: (shape) => distinct(shape),
  },
};

const toRow = ({ build, of, draw }: Case, spec: Reduction) =>
  row({ x: draw(spec.shape) }, ({ x }) => build(x!, spec.axes, spec.keepDims), reduced(spec, of));

describe('properties of reductions', () => {
  holds(
    'over any axes',
    fc.record({ op: fc.constantFrom(...Object.keys({ ...OF_ANY, ...OF_SOME })), of: reductions(6, 1) }),
    ({ op, of }) => toRow((OF_ANY[op] ?? OF_SOME[op])!, of),
    3,
  );
  holds(
    'over any axes, without elements',
    fc.record({ op: fc.constantFrom(...Object.keys(OF_ANY)), of: reductions(4, 0) }),
    ({ op, of }) => toRow(OF_ANY[op]!, of),
  );
  holds(
    'the position of an extreme element',
    fc.record({
      op: fc.constantFrom('argMax' as const, 'argMin' as const),
      of: shapes(1, 5, { least: 1 }).chain((shape) => fc.tuple(fc.constant(shape), axisOf(shape.length))),
    }),
    ({ op, of: [shape, axis] }) =>
      row(
        { x: distinct(shape) },
        ({ x }) => (op === 'argMax' ? ops.argMax : ops.argMin)(x!, axis),
        (tf, [x]) => tf[op](x!, positive(axis, shape.length)),
        { notDifferentiable: 'positions' },
      ),
  );
});

const alongOne = (maxRank: number, least: 0 | 1 = 0) =>
  shapes(1, maxRank, { least }).chain((shape) =>
    fc.record({ shape: fc.constant(shape), axis: axisOf(shape.length), flags: fc.tuple(fc.boolean(), fc.boolean()) }),
  );

describe('properties of scans and normalizations', () => {
  for (const [name, build, start, join] of [
    ['cumsum', ops.cumsum, 0, (a: number, b: number) => a + b],
    ['cumprod', ops.cumprod, 1, (a: number, b: number) => a * b],
  ] as const)
    holds(`${name}, along any axis`, alongOne(5), ({ shape, axis, flags: [exclusive, reverse] }) =>
      row(
        { x: uniform(shape, 0.5, 1.5) },
        ({ x }) => build(x!, axis, exclusive, reverse),
        (tf, [x]) => {
          const [at, along] = [reader(x!), positive(axis, shape.length)];
          return tabulate(tf, shape, (index) => {
            const here = index[along]!;
            let y: number = start;
            for (let k = 0; k < shape[along]!; k++) {
              const taken = reverse ? k > here : k < here;
              if (taken || (k === here && !exclusive)) y = join(y, at(index.map((i, d) => (d === along ? k : i))));
            }
            return y;
          });
        },
      ),
    );

  holds(
    'softmax and its logarithm, along any axis',
    fc.record({ op: fc.constantFrom('softmax' as const, 'logSoftmax' as const), of: alongOne(5) }),
    ({ op, of: { shape, axis } }) =>
      row(
        { x: uniform(shape, -2, 2) },
        ({ x }) => (op === 'softmax' ? ops.softmax : ops.logSoftmax)(x!, axis),
        (tf, [x]) => {
          const [at, along] = [reader(x!), positive(axis, shape.length)];
          return tabulate(tf, shape, (index) => {
            const others = Array.from({ length: shape[along]! }, (_, k) =>
              Math.exp(at(index.map((i, d) => (d === along ? k : i)))),
            );
            const p = Math.exp(at(index)) / total(others);
            return op === 'softmax' ? p : Math.log(p);
          });
        },
      ),
  );

  /** Which dims a parameter has as 1, and how many of the first it lacks. */
  const view = fc.record({ ones: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), lacks: fc.nat(3) });
  holds(
    'batchNorm, with parameters that are broadcast',
    fc.record({
      shape: shapes(1, 4, { elements: 16 }),
      views: fc.array(view, { minLength: 4, maxLength: 4 }),
      has: fc.tuple(fc.boolean(), fc.boolean()),
      epsilon: fc.constantFrom(0.001, 0.1),
    }),
    ({ shape, views, has: [offset, scale], epsilon }) => {
      const [m, v, o, s] = views.map(({ ones, lacks }) =>
        shape.map((d, i) => (ones[i] ? 1 : d)).slice(Math.min(lacks, shape.length)),
      );
      const names = ['x', 'mean', 'variance', ...(offset ? ['offset'] : []), ...(scale ? ['scale'] : [])];
      return row(
        {
          x: uniform(shape),
          mean: uniform(m!),
          variance: uniform(v!, 0.5, 2),
          ...(offset && { offset: uniform(o!) }),
          ...(scale && { scale: uniform(s!, 0.5, 2) }),
        },
        (i) => ops.batchNorm(i.x!, i.mean!, i.variance!, i.offset, i.scale, epsilon),
        (tf, inputs) => {
          const given = Object.fromEntries(names.map((name, k) => [name, inputs[k]!]));
          const normal = tf.div(tf.sub(given.x!, given.mean!), tf.sqrt(tf.add(given.variance!, epsilon)));
          return tf.add(tf.mul(normal, given.scale ?? 1), given.offset ?? 0);
        },
      );
    },
  );
  holds(
    'layerNorm, over any axes',
    shapes(1, 4, { least: 1, elements: 16 }).chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        axes: axesOf(shape.length).filter((axes) => axes.length > 0),
        scale: fc.option(view, { nil: undefined }),
        offset: fc.option(view, { nil: undefined }),
      }),
    ),
    ({ shape, axes, scale, offset }) => {
      const parameter = (given: { readonly ones: readonly boolean[] } | undefined): Shape | undefined =>
        given && shape.map((d, i) => (given.ones[i] ? 1 : d));
      const [s, o] = [parameter(scale), parameter(offset)];
      return row(
        { x: uniform(shape, -2, 2), ...(s && { scale: uniform(s, 0.5, 2) }), ...(o && { offset: uniform(o) }) },
        (i) => ops.layerNorm(i.x!, i.scale, i.offset, axes, 0.1),
        (tf, [x, ...rest]) => {
          const along = axes.map((a) => positive(a, shape.length));
          const moments = tf.moments(x!, along, true);
          const normal = tf.div(tf.sub(x!, moments.mean), tf.sqrt(tf.add(moments.variance, 0.1)));
          const scaled = s ? tf.mul(normal, rest[0]!) : normal;
          return o ? tf.add(scaled, rest.at(-1)!) : scaled;
        },
      );
    },
  );
});
