/** Finite differences in double precision. They use only the value, so they are independent of the gradient rules. */
import { compile, type Feeds, type HostValue, isDifferentiable, type Sym } from '../../engine/index.ts';
import { type Judge, toDouble } from './judge.ts';
import { mapNames, type Subject } from './subject.ts';

export type Values = Readonly<Record<string, ArrayLike<number>>>;

export interface Numeric {
  /** The value(s): y0, y1, ... */
  readonly outputs: Values;
  /** d<y, w>/dx, by the names of the xs. */
  readonly first: Values;
  /** The Hessian of <y, w> times the directions, by the names of the xs. */
  readonly second: Values;
}

/** The step of central differences in double precision; truncation and rounding errors are both near 1e-10. */
const STEP = 1e-5;
/** The step of second central differences; both errors are near 1e-8. */
const SECOND_STEP = 1e-4;

export async function askJudge(subject: Subject, judge: Judge): Promise<Numeric> {
  const feeds = doubled(subject.feeds);
  const program = await compile(subject.outputs, { backend: judge.backend });
  try {
    const at = (shifted: Feeds): Values => mapNames(program.runSync(shifted), (t: HostValue) => t.data);
    const ws = Object.keys(subject.cotangents).map((name) => feeds[name]!.data);
    /** <y, w> */
    const project = (shifted: Feeds): number => {
      const values = at(shifted);
      return subject.smooth.reduce((sum, name, k) => sum + dot(values[name]!, ws[k]!), 0);
    };
    const forwards = alongDirections(feeds, subject, SECOND_STEP);
    const backwards = alongDirections(feeds, subject, -SECOND_STEP);
    return {
      outputs: at(feeds),
      first: mapNames(subject.xs, (_, name) => centralDifferences(project, feeds, name, STEP)),
      second: mapNames(subject.xs, (_, name) => {
        const up = centralDifferences(project, forwards, name, SECOND_STEP);
        const down = centralDifferences(project, backwards, name, SECOND_STEP);
        return up.map((u, i) => (u - down[i]!) / (2 * SECOND_STEP));
      }),
    };
  } finally {
    program.dispose();
  }
}

type HostFeeds = Readonly<Record<string, HostValue>>;

/** The derivative of `project` by each element of a feed. */
function centralDifferences(
  project: (feeds: Feeds) => number,
  feeds: HostFeeds,
  name: string,
  step: number,
): Float64Array {
  const value = feeds[name]!;
  return Float64Array.from({ length: value.data.length }, (_, i) => {
    const shifted = (by: number): number => {
      const data = value.data.slice();
      data[i] = data[i]! + by;
      return project({ ...feeds, [name]: { ...value, data } });
    };
    return (shifted(step) - shifted(-step)) / (2 * step);
  });
}

/** The feeds, with each x moved along its direction. */
function alongDirections(feeds: HostFeeds, { xs }: Subject, by: number): HostFeeds {
  const moved = mapNames(xs, (_: Sym, name) => {
    const direction = feeds[`v_${name}`]!.data;
    return { ...feeds[name]!, data: feeds[name]!.data.map((x, i) => x + by * direction[i]!) as Float32Array };
  });
  return { ...feeds, ...moved };
}

const doubled = (feeds: HostFeeds): Record<string, HostValue> =>
  mapNames(feeds, (v) => (isDifferentiable(v.dtype) ? { ...v, data: toDouble(v.data) } : v));

export const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};
