/** `checkGradient`: compares gradients with finite differences, for users' tests of their ops and custom gradients. */
import type { Sym } from '../build/sym.ts';
import { gradients, leaves, type SymTree } from '../differentiate/gradients.ts';
import { FeedError, GradientMismatchError } from '../errors.ts';
import { flatten } from '../literal.ts';
import { Placeholder } from '../primitives/placeholder.ts';
import { hashSeed, hostUniform } from '../random.ts';
import { type DType, type NestedArray, numbersPer } from '../types.ts';
import type { Backend, HostValue } from './backend.ts';
import { compile } from './compile.ts';
import type { Feeds } from './feeds.ts';
import type { Program } from './program.ts';

export interface CheckGradientOptions {
  readonly backend: Backend;
  /** The seed of random directions and of variables; 0 by default. */
  readonly seed?: number;
  /** The allowed error of a directional derivative d, relative to max(1, |d|); 2e-2 by default, as float32 leaves about three digits. */
  readonly tolerance?: number;
  /** The number of random directions for each x; 3 by default. */
  readonly directions?: number;
}

// two step sizes for Ridders' extrapolation, which removes the second-order error of central differences
const STEPS = [2e-2, 1e-2] as const;

/**
 * Compares the gradient of the sum of y (of its real part, if complex) with central differences along random directions.
 * @param xs placeholders, fed in `feeds`, or variables
 * @throws GradientMismatchError naming x and both derivatives; FeedError for an x that is neither, or is not fed
 */
export async function checkGradient(y: Sym, xs: SymTree, feeds: Feeds, options: CheckGradientOptions): Promise<void> {
  const { backend, seed = 0, tolerance = 2e-2, directions = 3 } = options;
  const list = leaves(xs);
  const grads = Object.fromEntries(list.map((x, i) => [`g${i}`, gradients(y, x)]));
  const program: Program = await compile({ y, ...grads }, { backend, seed });
  try {
    const base = await program.run(feeds);
    for (const [i, x] of list.entries()) {
      const gradient = base[`g${i}`]!;
      for (let k = 0; k < directions; k++) {
        const v = hostUniform(hashSeed(seed, `${x.label}/${k}`), gradient.data.length, { minval: -1, maxval: 1 });
        const analytic = dot(gradient.data, v);
        const [coarse, fine] = [
          await slope(program, x, feeds, v, STEPS[0]),
          await slope(program, x, feeds, v, STEPS[1]),
        ];
        const numeric = (4 * fine - coarse) / 3;
        if (!(Math.abs(analytic - numeric) <= tolerance * Math.max(1, Math.abs(numeric)))) {
          throw new GradientMismatchError(
            `the gradient of '${y.label}' by '${x.label}' along a random direction is ${analytic}; finite differences give ${numeric}`,
            { node: x.label, site: x.node.site },
          );
        }
      }
    }
  } finally {
    program.dispose();
  }
}

/** (sum y(x + h v) - sum y(x - h v)) / 2h */
async function slope(program: Program, x: Sym, feeds: Feeds, v: Float32Array, h: number): Promise<number> {
  const at = async (by: number): Promise<number> => {
    const { y } = await shifted(program, x, feeds, v, by);
    const ones = new Float32Array(y!.data.length);
    for (let i = 0; i < ones.length; i += numbersPer(y!.dtype)) ones[i] = 1;
    return dot(y!.data, ones);
  };
  return ((await at(h)) - (await at(-h))) / (2 * h);
}

async function shifted(
  program: Program,
  x: Sym,
  feeds: Feeds,
  v: Float32Array,
  by: number,
): Promise<Readonly<Record<string, HostValue>>> {
  const move = ({ data, shape }: { data: ArrayLike<number>; shape: readonly number[] }): HostValue => ({
    data: Float32Array.from(v, (d, i) => data[i]! + by * d),
    shape,
    dtype: x.dtype,
  });
  const name = x.node.attrs.name as string;
  if (x.node.op === Placeholder) {
    const moved = move(hostValue(name, feeds, x.dtype));
    // a flat array stays flat: the placeholder gives its shape
    return program.run({ ...feeds, [name]: ArrayBuffer.isView(feeds[name]) ? moved.data : moved }, { outputs: ['y'] });
  }
  if (!program.variables.has(name))
    throw new FeedError(`checkGradient: '${x.label}' is neither a placeholder nor a variable of the program`, {
      site: x.node.site,
    });
  const before = await program.variables.get(name);
  await program.variables.set(name, move(before));
  try {
    return await program.run(feeds, { outputs: ['y'] });
  } finally {
    await program.variables.set(name, before);
  }
}

function hostValue(name: string, feeds: Feeds, dtype: DType): { data: ArrayLike<number>; shape: readonly number[] } {
  const value = feeds[name];
  if (value === undefined) throw new FeedError(`checkGradient: '${name}' is not fed`);
  if (typeof value === 'object' && 'data' in value && ArrayBuffer.isView(value.data)) return value as HostValue;
  const { values, shape } = flatten(value as NestedArray, dtype);
  return { data: values, shape };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
