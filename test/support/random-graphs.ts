/**
 * Random graphs over a dozen ops, with an unknown batch, and the same computation in tfjs. Builders are named as in tf.*, so that
 * one function of a library, ours or tfjs, serves both. Values stay small, and smooth in what is fed: what differs is then an error.
 */
import type * as tfjs from '@tensorflow/tfjs';
import fc from 'fast-check';
import { type Dim, evaluateDim, type Feeds, Graph, gradients, product, type Sym } from '../../engine/index.ts';
import * as ours from '../../ops/index.ts';

/** What both libraries have. A tensor of either is opaque here. */
// biome-ignore lint/suspicious/noExplicitAny: the ops of two libraries, with tensors of their own
type Library = Record<string, any>;
/** `fed`: what was fed, apart from any differentiation. */
type Make<T> = (lib: Library, values: readonly T[], fed: readonly T[]) => T;

/** Choices, each a number of which a remainder is taken: any list of them is a graph. */
type Instruction = readonly [op: number, a: number, b: number, choice: number];

export interface RandomGraph {
  readonly graph: Graph;
  /** What is fed, then what is made of it. */
  readonly values: readonly Sym[];
  /** The same in tfjs, from its tensors for the feeds. */
  readonly inTfjs: (tf: Library, feeds: readonly tfjs.Tensor[], fed?: readonly tfjs.Tensor[]) => tfjs.Tensor[];
}

export const BATCH = 4;
/** Broadcasting makes values large quickly. */
const LARGEST = 500;
/** Shapes of what is fed; 0 stands for the batch. */
export const FED: readonly (readonly number[])[] = [[0, 3], [0, 3], [3, 3], [3], []];

export const instructions = (maxLength: number): fc.Arbitrary<Instruction[]> =>
  fc.array(fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000), fc.nat(1000)), { minLength: 1, maxLength });

export function feedsOf(batch = BATCH): Record<string, { data: Float32Array; shape: number[]; dtype: 'float32' }> {
  return Object.fromEntries(
    FED.map((dims, k) => {
      const shape = dims.map((d) => (d === 0 ? batch : d));
      const size = shape.reduce((a, b) => a * b, 1);
      return [
        `x${k}`,
        {
          data: Float32Array.from({ length: size }, (_, i) => Math.sin(1 + 7 * k + 1.7 * i)),
          shape,
          dtype: 'float32',
        },
      ];
    }),
  ) satisfies Feeds as never;
}

export function buildRandom(list: readonly Instruction[]): RandomGraph {
  const graph = new Graph();
  const values: Sym[] = FED.map((dims, k) =>
    graph.placeholder(
      `x${k}`,
      dims.map((d) => d || '$b'),
    ),
  );
  const makes: Make<never>[] = [];
  for (const [op, a, b, choice] of list) {
    const at = a % values.length;
    const make = MAKERS[op % MAKERS.length]!(values, at, b, choice);
    if (make === undefined) continue; // the op does not take such a value
    const value = (make as Make<Sym>)(ours, values, values);
    if (evaluateDim(product(value.shape), { b: BATCH }) > LARGEST) continue;
    makes.push(make as never);
    values.push(value);
  }
  return {
    graph,
    values,
    inTfjs: (tf, feeds, fed = feeds) => {
      const all = [...feeds];
      for (const make of makes) all.push((make as unknown as Make<tfjs.Tensor>)(tf, all, fed));
      return all;
    },
  };
}

/** The last values of a graph, and the gradients of their sum by all that is fed. */
export function outputsOf({ values }: RandomGraph): { last: Record<string, Sym>; grads: Record<string, Sym> } {
  const last = values.slice(-3);
  const total = last.map((s) => ours.sum(s)).reduce((a, b) => ours.add(a, b));
  const grads = gradients(total, values.slice(0, FED.length), { unconnected: 'zeros' });
  const named = (prefix: string, syms: readonly Sym[]) => Object.fromEntries(syms.map((s, k) => [prefix + k, s]));
  return { last: named('y', last), grads: named('d', grads) };
}

type Maker = <T>(values: readonly Sym[], a: number, b: number, choice: number) => Make<T> | undefined;

const same = (a: Dim, b: Dim): boolean => a === b;
const broadcasts = (p: Sym, q: Sym): boolean =>
  p.shape.every((d, i) => {
    const other = q.shape[i - p.rank + q.rank];
    return other === undefined || d === 1 || other === 1 || same(d, other);
  });

/** Another value that fits: one of those that do, or the value itself. */
function partner(values: readonly Sym[], a: number, b: number, fits: (s: Sym) => boolean): number {
  const fitting = [...values.keys()].filter((k) => fits(values[k]!));
  return fitting[b % fitting.length] ?? a;
}

const unary =
  (f: (lib: Library, x: never) => unknown): Maker =>
  (_, a) =>
  (lib, v) =>
    f(lib, v[a] as never) as never;
const binary =
  (f: (lib: Library, x: never, y: never) => unknown): Maker =>
  (values, a, b) => {
    const other = partner(values, a, b, (s) => broadcasts(values[a]!, s));
    return (lib, v) => f(lib, v[a] as never, v[other] as never) as never;
  };
/** For values of a rank of at least one: the op along one of its axes. */
const along =
  (f: (lib: Library, x: never, axis: number, keepDims: boolean) => unknown): Maker =>
  (values, a, b, choice) => {
    const { rank } = values[a]!;
    return rank === 0 ? undefined : (lib, v) => f(lib, v[a] as never, b % rank, choice % 2 === 0) as never;
  };

const MAKERS: readonly Maker[] = [
  unary((lib, x) => lib.tanh(x)),
  unary((lib, x) => lib.sin(x)),
  unary((lib, x) => lib.neg(x)),
  unary((lib, x) => lib.sigmoid(x)),
  unary((lib, x) => lib.exp(lib.tanh(x))),
  unary((lib, x) => lib.square(lib.tanh(x))),
  unary((lib, x) => lib.sqrt(lib.add(lib.square(x), 1))),
  unary((lib, x) => lib.mul(lib.mul(x, 2), 0.25)),
  binary((lib, x, y) => lib.mul(lib.add(x, y), 0.5)),
  binary((lib, x, y) => lib.sub(x, lib.mul(y, 0.5))),
  binary((lib, x, y) => lib.mul(lib.tanh(x), lib.tanh(y))),
  binary((lib, x, y) => lib.div(x, lib.add(lib.square(y), 1))),
  along((lib, x, axis, keepDims) => lib.mul(lib.sum(x, axis, keepDims), 0.5)),
  along((lib, x, axis, keepDims) => lib.mean(x, axis, keepDims)),
  along((lib, x) => lib.softmax(x)),
  along((lib, x, axis) => lib.concat([x, lib.tanh(x)], axis)),
  (values, a, _b, choice) => {
    const { rank } = values[a]!;
    const perms =
      rank === 2
        ? [
            [1, 0],
            [0, 1],
          ]
        : rank === 3
          ? [
              [2, 0, 1],
              [0, 2, 1],
              [1, 0, 2],
            ]
          : [];
    const perm = perms[choice % Math.max(1, perms.length)];
    return perm && ((lib, v) => lib.transpose(v[a], perm));
  },
  (values, a, _b, choice) => {
    const { rank } = values[a]!;
    const shapes =
      rank === 0
        ? [[1], [1, 1]]
        : rank === 1
          ? [
              [-1, 1],
              [1, -1],
            ]
          : [[-1], [1, -1]];
    return (lib, v) => lib.reshape(v[a], shapes[choice % 2]);
  },
  (values, a, b) => {
    const [x] = [values[a]!];
    if (x.rank !== 2) return undefined;
    const other = partner(values, a, b, (s) => s.rank === 2 && same(s.shape[0]!, x.shape[1]!));
    const square = same(values[other]!.shape[0]!, x.shape[1]!);
    return (lib, v) => lib.mul(lib.matMul(lib.tanh(v[a]), lib.tanh(v[other]), false, !square), 0.3);
  },
  (values, a, b, choice) => {
    const { shape, rank } = values[a]!;
    const axis = b % Math.max(1, rank);
    const size = shape[axis];
    if (typeof size !== 'number' || size < 2) return undefined;
    const begin = shape.map((_, i) => (i === axis ? choice % 2 : 0));
    return (lib, v) =>
      lib.slice(
        v[a],
        begin,
        shape.map((_, i) => (i === axis ? size - 1 : -1)),
      );
  },
  (values, a, b, choice) => {
    const condition = choice % 2; // of what is fed: it is the same in every rounding, and tf differentiates by conditions
    const fits = (s: Sym) => broadcasts(s, values[condition]!);
    if (!fits(values[a]!)) return undefined;
    const other = partner(values, a, b, (s) => fits(s) && broadcasts(s, values[a]!));
    return (lib, v, fed) => lib.where(lib.greater(fed[condition], 0), v[a], v[other]);
  },
];
