/**
 * What an example is, and how a row of its table is made: a value that the engine computed (in float32), beside the
 * closed form evaluated by plain float64 arithmetic, which shares no code with the engine.
 */
import { type BackendLike, compile, type Graph, isSym, type Sym, type Update, type Variables } from 'retrograph';
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

export interface GraphOptions extends Pick<Settings, 'model' | 'hidden'> {
  readonly seed?: number;
}

/** What is worth printing: the forward outputs, the gradients asked for, and the updates if it trains. */
export interface ExampleGraph {
  readonly graph: Graph;
  readonly outputs: Record<string, Sym>;
  readonly gradients: Record<string, Sym>;
  readonly updates?: readonly Update[];
  /** Those outputs that a trained network is asked for: they need no targets. */
  readonly predictions: Record<string, Sym>;
  /** The number that training makes smaller. */
  readonly loss: Sym;
}

export interface Example {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly graph: (options?: GraphOptions) => ExampleGraph;
  readonly results?: (options: RunOptions) => Promise<readonly Result[]>;
  readonly train?: (options: RunOptions) => Promise<{
    readonly metrics: Record<string, number>;
    readonly losses: readonly number[];
  }>;
}

/** How a classifier is trained; an example may have more to set, and has a default for each that it has. */
export interface Settings {
  /** How often every training example is seen; 0 only tests. */
  readonly epochs?: number;
  /** Instead of epochs: how many batches are trained on. */
  readonly steps?: number;
  readonly batchSize: number;
  /** Of the first step; it falls to 0 along half a cosine. */
  readonly learningRate: number;
  /** Which network, where there are several. */
  readonly model?: string;
  /** Widths of the hidden layers. */
  readonly hidden?: readonly number[];
}

export interface TuneOptions extends RunOptions, Partial<Settings> {
  /** At most so many training examples, and so many test examples; all by default. */
  readonly limit?: number;
  /** Variables, the optimizer's among them, to start from: a safetensors file, a SavedModel's folder, or a checkpoint's prefix. */
  readonly load?: string;
  /** A safetensors file of them, to write when all is done. */
  readonly save?: string;
  /** The store to train in; one of the training's own by default. */
  readonly variables?: Variables;
}

/** One pass over the training examples, or the part of it before the last step. */
export interface Epoch {
  readonly epoch: number;
  /** Steps done by its end, those of earlier epochs among them. */
  readonly step: number;
  /** Mean over the training examples, while they were trained on. */
  readonly loss: number;
  /** The share of test examples that are told right. */
  readonly accuracy: number;
  /** Since the start of training. */
  readonly seconds: number;
}

/** What the model makes of the test examples. */
export interface Test {
  /** Classes, by number. */
  readonly labels: Uint8Array;
  readonly predictions: readonly number[];
  /** The probability of each prediction, as the model sees it. */
  readonly confidences: readonly number[];
  readonly accuracy: number;
  /** How many examples of a row's class were taken for a column's. */
  readonly confusion: readonly (readonly number[])[];
}

export interface Training {
  readonly settings: Settings;
  /** The model in words. */
  readonly network: string;
  readonly backend: string;
  readonly seed: number;
  /** How many training examples there are. */
  readonly trained: number;
  /** How many numbers are learned. */
  readonly parameters: number;
  readonly metrics: Record<string, number>;
  /** Of each step. */
  readonly losses: readonly number[];
  readonly epochs: readonly Epoch[];
  /** Their names. */
  readonly classes: readonly string[];
  readonly test: Test;
  /** Test examples that can be written down: what they are, and what they are taken for. */
  readonly guesses?: readonly Guess[];
}

export interface Guess {
  readonly example: string;
  readonly is: string;
  readonly guess: string;
  readonly probability: number;
}

/** An example whose training can be set up. */
export interface TunableExample<T extends Training = Training> extends Example {
  /** What it classifies, one of them: 'digit'. */
  readonly noun: string;
  /** What can be set, besides steps, limit, load and save. */
  readonly defaults: Settings;
  /** @throws RetrographError where the packages with its data are not installed: it says which */
  readonly requireData: () => void;
  readonly train: (options: TuneOptions) => Promise<T>;
  /** One HTML page about a training, without anything that it would have to load. */
  readonly report?: (training: T) => Promise<string>;
  /** @throws Error where the packages that draw it are not installed: it says which */
  readonly requireReport?: () => Promise<void>;
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
