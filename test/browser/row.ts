/** A sample's row, run on a backend: value, gradient and Hessian-vector product. */
import { type Backend, compile, type Feeds, type HostValue, type Sym } from '../../engine/index.ts';
import { hashSeed } from '../../engine/random.ts';
import type { Sample } from '../../ops/sample.ts';
import type { SampledEntry } from '../../ops/samples.ts';
import { farthest, scaleOf } from '../../plugins/gradcheck/distance.ts';
import { drawInputs } from '../../plugins/gradcheck/draw.ts';
import { buildSubject, mapNames, type Subject } from '../../plugins/gradcheck/subject.ts';

export type Values = Readonly<Record<string, ArrayLike<number>>>;
/** 1: values and gradients; 2: what comes of differentiating those, too. */
export type Order = 1 | 2;

export function subjectOf({ op, path }: SampledEntry, sample: Sample, row: number, seed = 0): Subject {
  const own = hashSeed(seed, `${path}/${row}`);
  return buildSubject(op, sample, drawInputs(sample, own), own);
}

/** The values under test, on a backend. */
export function run(subject: Subject, order: Order, backend: Backend): Promise<Values> {
  const { outputs, gradients, second, feeds } = subject;
  return runOn(backend, { ...outputs, ...gradients, ...(order === 2 && second) }, feeds);
}

/** What is asked of a graph, on a backend. */
export async function runOn(backend: Backend, wanted: Readonly<Record<string, Sym>>, feeds: Feeds): Promise<Values> {
  const program = await compile(wanted, { backend });
  try {
    return mapNames(await program.run(feeds), ({ data }: HostValue) => data);
  } finally {
    program.dispose();
  }
}

/** Value, gradient, second order: how far off each may be. */
const LIMITS: Readonly<Record<string, number>> = { y: 1e-4, d: 1e-4, h: 1e-3 };

/** Where values are farther from those of another backend than they may be, in words. */
export function differences(actual: Values, expected: Values, sample: Sample): readonly string[] {
  const { first, second } = sample.tolerance ?? {};
  const limits = { ...LIMITS, ...(first !== undefined && { d: first }), ...(second !== undefined && { h: second }) };
  return Object.entries(limits).flatMap(([kind, limit]) => {
    const names = Object.keys(expected).filter((name) => name.startsWith(kind));
    const scale = scaleOf(names.map((name) => expected[name]!));
    return names.flatMap((name) => {
      const { error, ...worst } = farthest(actual[name]!, expected[name]!, scale);
      if (error <= limit) return [];
      return [
        `${name} is off by ${error.toExponential(1)}: element ${worst.element} is ${worst.actual}, and should be ${worst.expected}`,
      ];
    });
  });
}
