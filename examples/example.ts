/**
 * What an example is, and how a row of its table is made: a value that the engine computed (in float32), beside the
 * closed form evaluated by plain float64 arithmetic, which shares no code with the engine.
 */
import { type BackendLike, compile, type Graph, isSym, type Sym, type Update } from 'retrograph';
import { flatten, shapeOf, type Tensor } from './matrix.ts';

export interface Progress {
  readonly step: number;
  readonly steps: number;
  readonly metrics: Record<string, number>;
}

export interface RunOptions {
  readonly backend: BackendLike;
  readonly seed: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** A formula that the document prints and that does not hold, and what is wrong with it, found by evaluating it. */
export interface Slip {
  readonly printed: string;
  readonly wrong: string;
}

/** One row of the table. */
export interface Result {
  readonly id: string;
  readonly what: string;
  readonly computed: Tensor;
  readonly expected: Tensor;
  /** The largest error that passes, and why it is not the usual one. */
  readonly tolerance: number;
  readonly reason?: string;
  /** The largest difference of two entries, relative to the largest entry expected. */
  readonly error: number;
  /** The same, of the closed form against central differences of the forward pass in float64. */
  readonly differences?: number;
  readonly ok: boolean;
  readonly slip?: Slip;
}

export interface Example {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  /** What is worth printing: the forward outputs, the gradients asked for, and the updates if it trains. */
  readonly graph: (options?: { readonly seed?: number }) => {
    readonly graph: Graph;
    readonly outputs: Record<string, Sym>;
    readonly gradients: Record<string, Sym>;
    readonly updates?: readonly Update[];
  };
  readonly results?: (options: RunOptions) => Promise<readonly Result[]>;
  readonly train?: (options: RunOptions) => Promise<{
    readonly metrics: Record<string, number>;
    readonly losses: readonly number[];
  }>;
}

/** float32 has about seven digits; a sum of a few products keeps five of them with ease. */
const TOLERANCE = 1e-5;
/** A central difference of a function near 1 is good to about 1e-12; the smallest derivatives here are near 1e-6. */
const DIFFERENCES = 1e-6;

export interface RowOptions {
  readonly tolerance?: number;
  readonly reason?: string;
  readonly differences?: Tensor;
  readonly slip?: Slip;
}

export function result(
  id: string,
  what: string,
  computed: Tensor | undefined,
  expected: Tensor,
  options: RowOptions = {},
): Result {
  const { tolerance = TOLERANCE, reason, slip } = options;
  const error = computed === undefined ? Infinity : distance(computed, expected);
  const differences = options.differences === undefined ? undefined : distance(expected, options.differences);
  const ok = error <= tolerance && (differences ?? 0) <= DIFFERENCES;
  return {
    id,
    what,
    computed: computed ?? NaN,
    expected,
    tolerance,
    error,
    ok,
    ...(reason !== undefined && { reason }),
    ...(differences !== undefined && { differences }),
    ...(slip && { slip }),
  };
}

/** The largest |a - b|, relative to the largest |b|; absolute where b is all zeros; infinite for other shapes. */
export function distance(a: Tensor, b: Tensor): number {
  if (String(shapeOf(a)) !== String(shapeOf(b))) return Infinity;
  const [computed, expected] = [flatten(a), flatten(b)];
  const size = Math.max(...expected.map(Math.abs));
  const apart = expected.map((value, i) =>
    Object.is(value, computed[i]) ? 0 : Math.abs(value - (computed[i] ?? NaN)),
  );
  const largest = apart.some(Number.isNaN) ? Infinity : Math.max(...apart);
  return size > 0 && Number.isFinite(size) ? largest / size : largest;
}

/**
 * A printed form, evaluated as it stands and found wrong: it has no value, or another shape, or another value than the
 * right one. One that turns out to be right is an error in the example.
 */
export function slip(printed: string, evaluate: () => Tensor, right: Tensor): Slip {
  let value: Tensor;
  try {
    value = evaluate();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { printed, wrong: `no value: ${error.message}` };
  }
  const [shape, wanted] = [shapeOf(value), shapeOf(right)].map((sizes) => sizes.join('x') || 'a number');
  if (shape !== wanted) return { printed, wrong: `shape: ${shape}, should be ${wanted}` };
  const [values, rights] = [flatten(value), flatten(right)];
  if (distance(value, right) <= 1e-3) throw new Error(`the printed form is right after all: ${printed}`);
  const worst = rights.reduce((far, _, i) => (apart(i) > apart(far) ? i : far), 0);
  return { printed, wrong: `value: ${digits(values[worst])} instead of ${digits(rights[worst])}` };

  function apart(i: number): number {
    const difference = Math.abs((values[i] ?? NaN) - (rights[i] ?? NaN));
    return Number.isNaN(difference) ? Infinity : difference;
  }
}

/** A slip of naming: a symbol that stands for something else than it says, so that there is nothing to evaluate. */
export function misnamed(printed: string, why: string): Slip {
  return { printed, wrong: `name: ${why}` };
}

export function digits(value: number | undefined): string {
  return value === undefined ? '' : Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

export interface Inputs {
  readonly feeds?: Readonly<Record<string, Tensor>>;
  readonly variables?: Readonly<Record<string, Tensor>>;
}

type Outputs = Readonly<Record<string, Sym | Readonly<Record<string, Sym>>>>;
type Values<O extends Outputs> = {
  readonly [K in keyof O]: O[K] extends Sym ? Tensor : { readonly [N in keyof O[K]]: Tensor };
};

/** One run of the engine: compiles, sets the variables, and gives every output as nested arrays, in the same records. */
export async function evaluate<O extends Outputs>(outputs: O, inputs: Inputs, options: RunOptions): Promise<Values<O>> {
  const flat: Record<string, Sym> = {};
  for (const [name, output] of Object.entries(outputs)) {
    if (isSym(output)) flat[name] = output;
    else for (const [inner, sym] of Object.entries(output)) flat[`${name}/${inner}`] = sym;
  }
  const program = await compile(flat, { backend: options.backend, seed: options.seed });
  try {
    for (const [name, value] of Object.entries(inputs.variables ?? {})) await program.variables.set(name, value);
    const out = await program.run(inputs.feeds ?? {});
    const array = (name: string) => out[name]?.array();
    const values = Object.entries(outputs).map(([name, output]) => {
      if (isSym(output)) return [name, array(name)];
      return [name, Object.fromEntries(Object.keys(output).map((inner) => [inner, array(`${name}/${inner}`)]))];
    });
    return Object.fromEntries(values) as Values<O>;
  } finally {
    program.dispose();
  }
}

/** One run of updates from given values; gives the variables' new ones. */
export async function step(
  updates: readonly Update[],
  inputs: Inputs,
  options: RunOptions,
): Promise<Readonly<Record<string, Tensor>>> {
  const program = await compile({}, { backend: options.backend, seed: options.seed, updates });
  try {
    for (const [name, value] of Object.entries(inputs.variables ?? {})) await program.variables.set(name, value);
    await program.run(inputs.feeds ?? {});
    const names = Object.keys(inputs.variables ?? {});
    const values = await Promise.all(names.map((name) => program.variables.get(name)));
    return Object.fromEntries(names.map((name, i) => [name, values[i]!.array() as Tensor]));
  } finally {
    program.dispose();
  }
}
