/** What property tests of ops share: random shapes, loops as an oracle, and a row held to all that a sample row is held to. */
import type * as tfjs from '@tensorflow/tfjs-core';
import { expect } from 'chai';
import fc from 'fast-check';
import { cpu } from '../../backends/cpu/module.ts';
import { wasm } from '../../backends/wasm/module.ts';
import type { Sample, SampleInput } from '../../ops/sample.ts';
import { describeFault, gradcheck } from '../../plugins/gradcheck/index.ts';
import { EFFORT } from './effort.ts';
import { HERE } from './here.ts';
import { compareUnoptimized } from './unoptimized.ts';

const RUNS = { quick: 15, full: 40, deep: 300 }[EFFORT];
export const runs = <T>(share = 1): fc.Parameters<T> => ({ numRuns: Math.ceil(RUNS * share) });

export type Tf = typeof tfjs;
export type Tensor = tfjs.Tensor;
export type Shape = readonly number[];

// ---- rows

/**
 * For random specifications, the row made of one is right: its value against double precision and against the row's reference, its
 * gradient and Hessian-vector product against finite differences, on cpu and wasm; and with no passes it is the same. A failure prints
 * the specification.
 * @param share of the usual number of runs, for rows that take long
 */
export function holds<S>(title: string, specs: fc.Arbitrary<S>, toSample: (spec: S) => Sample, share = 1): void {
  it(title, async function () {
    this.timeout(600_000);
    await Promise.all([cpu.start(), wasm.start()]);
    const judged = fc.asyncProperty(specs, async (spec) => {
      const entry = { op: undefined, path: `property/${title}`, samples: [toSample(spec)] };
      const { rows } = await gradcheck({ ops: [entry], backends: HERE });
      const faults = rows.flatMap(({ backend, faults: own }) => own.map((f) => `${backend}: ${describeFault(f)}`));
      if (faults.length > 0) throw new Error(faults.join('\n'));
      for (const backend of HERE)
        expect(await compareUnoptimized(entry, entry.samples[0]!, backend), `no passes, ${backend.name}`).to.be.at.most(
          1e-5,
        );
    });
    await fc.assert(judged, runs(share));
  });
}

/** A row: a builder, and what it must give. tf.grad, which is often wrong for them, is not asked. */
export const row = (
  inputs: Sample['inputs'],
  build: NonNullable<Sample['build']>,
  reference: NonNullable<Sample['reference']> | null,
  more: Partial<Sample> = {},
): Sample => ({ inputs, build, reference, tfjs: null, ...more });

// ---- generators

/** Sizes with few elements: a dimension that would make more becomes 1. */
const capped = (sizes: Shape, most: number): Shape => {
  let total = 1;
  return sizes.map((d) => {
    if (total * d > most) return 1;
    total *= Math.max(d, 1);
    return d;
  });
};

export interface ShapeOptions {
  readonly least?: number;
  readonly elements?: number;
}
/** Shapes of some rank, with sizes up to 4 and few elements; now and then with none. */
export const shapes = (
  minRank: number,
  maxRank: number,
  { least = 0, elements = 36 }: ShapeOptions = {},
): fc.Arbitrary<Shape> => {
  const size = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: Math.max(1, least), max: 4 }) }, fc.constant(least));
  return fc.array(size, { minLength: minRank, maxLength: maxRank }).map((sizes) => capped(sizes, elements));
};

/** An axis of the shape as a user writes it: from the front or from the end. */
export const axisOf = (rank: number): fc.Arbitrary<number> => fc.integer({ min: -rank, max: rank - 1 });

/** Some axes of a rank, in any order, from the front or from the end. */
export const axesOf = (rank: number): fc.Arbitrary<readonly number[]> =>
  fc
    .tuple(
      fc.shuffledSubarray(Array.from({ length: rank }, (_, i) => i)),
      fc.array(fc.boolean(), { minLength: rank, maxLength: rank }),
    )
    .map(([axes, backwards]) => axes.map((a) => (backwards[a] ? a - rank : a)));

/** One for each entry of a list. */
export const each = <T, U>(list: readonly T[], make: (item: T, i: number) => fc.Arbitrary<U>): fc.Arbitrary<U[]> =>
  fc.tuple(...list.map(make)) as unknown as fc.Arbitrary<U[]>;

/** Given integers of a shape, as an input. */
export const indexInput = (shape: Shape, flat: readonly number[]): SampleInput => ({
  kind: 'values',
  values: nested(shape, flat),
  dtype: 'int32',
});
const nested = (shape: Shape, flat: readonly number[]): never => {
  const [d, ...rest] = shape;
  if (d === undefined) return flat[0] as never;
  const step = count(rest);
  return Array.from({ length: d }, (_, i) => nested(rest, flat.slice(i * step, (i + 1) * step))) as never;
};

// ---- loops as an oracle

export const count = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);
export const positive = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);

/** All indices of a shape, the last dimension fastest. */
export const indicesOf = (shape: Shape): number[][] =>
  shape.reduce<number[][]>((all, d) => all.flatMap((i) => Array.from({ length: d }, (_, k) => [...i, k])), [[]]);

/** The element of a tensor at an index. */
export const reader = (x: Tensor): ((index: readonly number[]) => number) => {
  const data = x.dataSync();
  return (index) => data[index.reduce((at, i, k) => at * x.shape[k]! + i, 0)]!;
};

/** The tensor of a shape whose elements a function gives by index. */
export const tabulate = (tf: Tf, shape: Shape, at: (index: readonly number[]) => number): Tensor =>
  tf.tensor(Float64Array.from(indicesOf(shape), at) as never, [...shape], 'float32');

/** Zeros of a shape, and the values added to them at indices. */
export function accumulate(tf: Tf, shape: Shape, terms: Iterable<readonly [readonly number[], number]>): Tensor {
  const data = new Float64Array(count(shape));
  for (const [index, value] of terms) data[index.reduce((at, i, k) => at * shape[k]! + i, 0)]! += value;
  return tf.tensor(data as never, [...shape], 'float32');
}
