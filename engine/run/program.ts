/** Programs: a graph's outputs and updates, compiled for a backend. */
import { type DimBindings, formatValue } from '../attr.ts';
import type { Entered } from '../build/callsite.ts';
import { graphOf } from '../build/graph.ts';
import { isSym, type Node, type Sym } from '../build/sym.ts';
import type { NodeTable } from '../build/table.ts';
import { toposort } from '../build/toposort.ts';
import { requireOneUpdateEach, type Update, variableName } from '../build/update.ts';
import { requireOfThisCopy } from '../copy.ts';
import {
  AttributeError,
  CancelledError,
  DTypeError,
  FeedError,
  GraphError,
  ProgramStateError,
  ShapeError,
} from '../errors.ts';
import { exposeMethods, optionsCheck } from '../expose.ts';
import { shown, shownAs, some } from '../inspect.ts';
import { decideChecks, dimsOf, type OpenCheck, openChecks } from '../optimize/bind.ts';
import { deadCode } from '../optimize/dead-code.ts';
import { type OptimizeOptions, optimizeOpen } from '../optimize/pipeline.ts';
import { type ProgramGraph, rootsOf } from '../optimize/program-graph.ts';
import type { Plan } from '../plan/plan.ts';
import { Placeholder } from '../primitives/placeholder.ts';
import { RandomState } from '../primitives/random-state.ts';
import { Variable } from '../primitives/variable.ts';
import { formatType } from '../types.ts';
import { Disposing } from '../using.ts';
import {
  type Backend,
  type DeviceValue,
  fromStored,
  HostTensor,
  type HostValue,
  isHost,
  type RunRequest,
  type StepReport,
} from './backend.ts';
import { BoundPrograms } from './bound-programs.ts';
import { type BoundFeeds, bareName, bindFeeds, copied, type Feeds } from './feeds.ts';
import { Variables } from './variables.ts';

export interface CompileOptions extends OptimizeOptions {
  readonly backend: Backend;
  /** What variables hold after each run. */
  readonly updates?: readonly Update[];
  /** Another program's store, or one made ahead; a new one by default, which dies with its last program. */
  readonly variables?: Variables;
  /** Of a new store. */
  readonly seed?: number;
  /** Dims known ahead, such as `{ batch: 64 }`. */
  readonly dims?: DimBindings;
}

export interface RunOptions {
  /** Names of the outputs to give; all by default, `[]` for none. */
  readonly outputs?: readonly string[];
  /** 'host' by default; 'tensor' gives tf.Tensors that the caller owns, of all dtypes but complex64. */
  readonly as?: 'host' | 'tensor';
  /** Stop at the first node that gives a value that is not finite. Slow. */
  readonly checkNumerics?: boolean;
  /** Cancels before the first update. */
  readonly signal?: AbortSignal;
  /** Hand typed arrays that are fed over to a worker, instead of copying them: they are empty afterwards. Parts of others are copied. */
  readonly transfer?: boolean;
}

/** What `compile` takes but for the backend, as expose() reads it. */
export const COMPILE_OPTIONS =
  'updates?:[o],variables?:o,seed?:n,dims?:o,passes?:o,extraPasses?:[o],verify?:b,onPass?:f';

const NO_OPTIONS: RunOptions = Object.freeze({});
const checkRunOptions = /* @__PURE__ */ optionsCheck(
  'run',
  'outputs?:[s],as?:s,checkNumerics?:b,signal?:o,transfer?:b',
);

/** How long the event loop may be kept waiting by runs that are made in one turn of it. */
const TURN_MS = 4;

type Outputs = Readonly<Record<string, Sym>>;
export type HostResults<O> = { readonly [K in keyof O]: HostTensor };
/** For tf.Tensors: `program.run<tf.Tensor>(feeds, { as: 'tensor' })`. */
export type DeviceResults<O, T extends DeviceValue = DeviceValue> = { readonly [K in keyof O]: T };

/**
 * Compiles outputs and updates for a backend, which is started first.
 * @throws UnsupportedOpError, ShapeError, VariableError, GraphError, BackendError
 */
export async function compile<O extends Outputs>(outputs: O, options: CompileOptions): Promise<Program<O>> {
  await options.backend.start();
  return compileSync(outputs, options);
}

/** As `compile`, for a backend that has started. */
export function compileSync<O extends Outputs>(outputs: O, options: CompileOptions): Program<O> {
  if (!options.backend.ready)
    throw new ProgramStateError(
      `the backend '${options.backend.name}' has not started; await its start(), or use compile`,
    );
  return new Program(outputs, options);
}

/** A quick look at values: compiled, run and disposed. */
export async function evaluate<O extends Sym | Outputs>(
  outputs: O,
  feeds: Feeds,
  options: CompileOptions,
): Promise<O extends Sym ? HostTensor : HostResults<O>> {
  requireOfThisCopy(outputs);
  const single = isSym(outputs);
  const program = await compile(single ? { value: outputs } : (outputs as Outputs), options);
  try {
    const results = await program.run(feeds);
    return (single ? results.value : results) as never;
  } finally {
    program.dispose();
  }
}

export class Program<O extends Outputs = Outputs> extends Disposing {
  readonly backend: Backend;
  /** The store that holds this program's variables. */
  readonly variables: Variables;
  /** The program as it was given, before any pass. */
  readonly source: ProgramGraph;
  /** The program after all passes; after those of the open stage, where runs bind dims. */
  readonly optimized: ProgramGraph;
  readonly #programs: BoundPrograms;
  readonly #placeholders: ReadonlyMap<string, Sym>;
  readonly #known: ReadonlyMap<string, Sym>;
  readonly #checks: readonly OpenCheck[];
  /** Dims that were given to compile. */
  readonly #dims: DimBindings;
  /** All dims that the program depends on, and those that a run has to bind. */
  readonly #names: readonly string[];
  readonly #free: readonly string[];
  readonly #decided = new Set<string>();
  readonly #draws: boolean;
  #disposed = false;

  static {
    exposeMethods(Program, { prepare: 'dims:o', planFor: 'dims:o' });
  }

  constructor(outputs: O, options: CompileOptions) {
    super();
    const { backend, updates = [], dims = {} } = options;
    requireOfThisCopy(options.variables, backend);
    requireOneUpdateEach(updates);
    if (options.variables !== undefined && !(options.variables instanceof Variables))
      throw new AttributeError(
        `variables is a store, such as program.variables, not ${formatValue(options.variables)}`,
      );
    const syms = [...Object.values(outputs), ...updates.flatMap((u) => [u.variable, u.value])];
    if (syms.length === 0) throw new GraphError('compile: there are neither outputs nor updates');
    const graph = graphOf(syms);
    this.backend = backend;
    this.#dims = dims;
    this.source = sourceOf(graph, outputs, updates, options.passes?.['dead-code'] === false);

    const nodes = toposort(rootsOf(this.source));
    this.#placeholders = placeholdersOf(nodes);
    this.#known = placeholdersOf(graph.nodes);
    this.#names = [...dimsOf(nodes)];
    requireDims(dims, this.#names, graph);
    this.#free = unboundDims(this.#names, this.#known, dims);
    this.#checks = openChecks(nodes);
    decideChecks(this.#checks, dims);

    this.#draws = nodes.some((n) => n.op === RandomState);
    const opened = optimizeOpen(this.source, backend.target, options);
    this.#programs = new BoundPrograms(backend, opened, options);
    this.variables = options.variables ?? new Variables({ backend, seed: options.seed ?? 0, ownedByPrograms: true });
    this.variables.retain();
    try {
      if (this.variables.backend !== backend) {
        throw new ProgramStateError(
          `the variables live on '${this.variables.backend.name}', the program on '${backend.name}'`,
        );
      }
      this.optimized = this.#free.length > 0 ? opened : this.#programs.get(this.#complete({})).program;
      for (const graph of [this.source, this.optimized]) shownAs(graph, () => `ProgramGraph ${describe(graph)}`);
      this.variables.declare(nodes.filter((n) => n.op === Variable).map((n) => n.outputs[0]!));
    } catch (e) {
      this.#programs.dispose();
      this.variables.release();
      throw e;
    }
  }

  /** Placeholders that a run must be fed, by name. */
  get placeholders(): ReadonlyMap<string, Sym> {
    return this.#placeholders;
  }

  /**
   * Runs once. Runs over one store happen in the order of the calls; arrays that are fed are free to change after the call.
   * @throws FeedError before anything runs; CancelledError, and then no variable has changed
   */
  run<T extends DeviceValue>(
    feeds: Feeds,
    options: RunOptions & { readonly as: 'tensor' },
  ): Promise<DeviceResults<O, T>>;
  run(feeds?: Feeds, options?: RunOptions): Promise<HostResults<O>>;
  async run(feeds: Feeds = {}, options: RunOptions = NO_OPTIONS): Promise<HostResults<O> | DeviceResults<O>> {
    return this.#run(feeds, options, this.run);
  }

  async #run(feeds: Feeds, options: RunOptions, entered: Entered): Promise<HostResults<O> | DeviceResults<O>> {
    const given = this.#bind(feeds, entered);
    const bound = this.variables.idle || options.transfer ? given : copied(given);
    return this.variables.exclusively(() => this.#attempt(bound, options));
  }

  /**
   * Runs once and returns the results, where the backend can.
   * @throws ProgramStateError on a backend that cannot, or while a `run` is pending; as `run`
   */
  runSync<T extends DeviceValue>(feeds: Feeds, options: RunOptions & { readonly as: 'tensor' }): DeviceResults<O, T>;
  runSync(feeds?: Feeds, options?: RunOptions): HostResults<O>;
  runSync(feeds: Feeds = {}, options: RunOptions = NO_OPTIONS): HostResults<O> | DeviceResults<O> {
    return this.#runSync(feeds, options, this.runSync);
  }

  #runSync(feeds: Feeds, options: RunOptions, entered: Entered): HostResults<O> | DeviceResults<O> {
    if (!this.backend.synchronous)
      throw new ProgramStateError(`'${this.backend.name}' cannot run synchronously; use run`);
    this.variables.requireIdle('runSync');
    const request = this.#request(this.#bind(feeds, entered), options);
    const bound = this.#programs.get(request.dims).retain();
    try {
      return this.#present(bound.executable.runSync!(request));
    } catch (e) {
      throw this.#failed(request, e);
    } finally {
      bound.release();
    }
  }

  /**
   * Runs for each of many feeds, in order; `signal` cancels between them. Short runs that would go to another thread each are made
   * here, several in a turn of the event loop, which waits for no more than some milliseconds of them.
   */
  async *runMany(
    batches: Iterable<Feeds> | AsyncIterable<Feeds>,
    options: Omit<RunOptions, 'as'> = NO_OPTIONS,
  ): AsyncGenerator<HostResults<O>, void> {
    // how long runs may go on here, and how long one may take
    let [left, longest] = [0, 0];
    if (typeof batches !== 'object' || !(Symbol.iterator in batches || Symbol.asyncIterator in batches))
      throw new AttributeError(`runMany: batches are a list or another iterable of feeds, not ${formatValue(batches)}`);
    for await (const feeds of batches) {
      const start = performance.now();
      const here = this.backend.changesThread && longest < left && this.variables.idle;
      const results = (
        here ? this.#runSync(feeds, options, this.runMany) : await this.#run(feeds, options, this.runMany)
      ) as HostResults<O>;
      const took = performance.now() - start;
      // what has waited for another thread has let others have their turn
      left = here ? left - took : TURN_MS;
      longest = Math.max(took, longest / 2);
      yield results;
    }
  }

  /**
   * One run, step by step: what each step made. Variables change when the last step has been taken. Not on every backend.
   * @throws ProgramStateError where variables have changed between the steps
   */
  async *steps(feeds: Feeds = {}): AsyncGenerator<StepReport, void> {
    this.variables.requireIdle('steps');
    const { version } = this.variables;
    const request = this.#request(this.#bind(feeds, this.steps), NO_OPTIONS, () => {
      if (this.variables.version !== version)
        throw new ProgramStateError('the variables have changed since the first step');
    });
    const bound = this.#programs.get(request.dims).retain();
    try {
      if (bound.executable.steps === undefined)
        throw new ProgramStateError(`'${this.backend.name}' does not run step by step`);
      if (this.#draws) this.variables.advanceRandom(); // now: a run between two steps draws anew
      yield* bound.executable.steps(request);
    } catch (e) {
      throw this.#failed(request, e);
    } finally {
      bound.release();
    }
  }

  /** Plans and precompiles ahead for these dims. */
  prepare(dims: DimBindings): void {
    this.#requireAlive();
    this.#programs.get(this.#complete(dims));
  }

  /** The plan, where all dims are known. */
  get plan(): Plan {
    return this.#planFor({});
  }

  /** The plan for these dims. @throws ProgramStateError on a backend that has none */
  planFor(dims: DimBindings): Plan {
    return this.#planFor(dims);
  }

  #planFor(dims: DimBindings): Plan {
    this.#requireAlive();
    const plan = this.#programs.get(this.#complete(dims)).executable.plan;
    if (plan === undefined) throw new ProgramStateError(`'${this.backend.name}' runs whole programs and has no plan`);
    return plan;
  }

  /** Frees what the program holds; and its store, if it made it and is the last to use it. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#programs.dispose();
    this.variables.release();
  }

  /** @param entered what was called by the user */
  #bind(feeds: Feeds, entered: Entered): BoundFeeds {
    this.#requireAlive();
    if (typeof feeds !== 'object' || feeds === null || isSym(feeds))
      throw new FeedError(`feeds are values by the names of placeholders, not ${formatValue(feeds)}: write { x: ... }`);
    const bound = bindFeeds(this.#placeholders, this.#known, feeds, this.#dims, entered);
    const unbound = this.#free.filter((name) => bound.dims[name] === undefined);
    if (unbound.length > 0)
      throw new FeedError(
        `nothing binds ${unbound.map((n) => `$${n}`).join(', ')}: feed a placeholder that has it as a dim, or compile with { dims }`,
      );
    const dims = this.#needed(bound.dims);
    this.#decide(dims);
    return { ...bound, dims };
  }

  /** The dims that the program depends on, decided. @throws ShapeError where one is missing, or a check does not hold */
  #complete(given: DimBindings): DimBindings {
    requireDims(given, this.#names, this.source.graph);
    const dims = this.#needed({ ...this.#dims, ...given });
    const missing = this.#free.filter((name) => dims[name] === undefined);
    if (missing.length > 0)
      throw new ShapeError(
        `the plan depends on ${missing.map((n) => `$${n}`).join(', ')}; use planFor({ ${missing.map((n) => `${n}: ...`).join(', ')} })`,
      );
    this.#decide(dims);
    return dims;
  }

  /** Without names that the program does not depend on: equal dims then mean one plan. */
  #needed(dims: DimBindings): DimBindings {
    const needed: Record<string, number> = {};
    for (const name of this.#names) if (dims[name] !== undefined) needed[name] = dims[name];
    return needed;
  }

  #decide(dims: DimBindings): void {
    if (this.#checks.length === 0) return;
    const key = JSON.stringify(dims);
    if (this.#decided.has(key)) return;
    decideChecks(this.#checks, dims);
    if (this.#decided.size > 1000) this.#decided.clear();
    this.#decided.add(key);
  }

  /** @param check called before the first update too: of a run by steps, whose draws have been counted */
  #request({ feeds, dims }: BoundFeeds, options: RunOptions, check?: () => void): Attempt {
    if (options !== NO_OPTIONS) checkRunOptions(options);
    const names = options.outputs ?? Object.keys(this.source.outputs);
    for (const name of names)
      if (!Object.hasOwn(this.source.outputs, name))
        throw new GraphError(`there is no output '${name}'; there are ${Object.keys(this.source.outputs).join(', ')}`);
    const complex = names.find((name) => options.as === 'tensor' && this.source.outputs[name]!.dtype === 'complex64');
    if (complex !== undefined)
      throw new DTypeError(
        `'${complex}' is complex64, which not every backend has tensors of; ask for its real and imag`,
      );
    requireNotAborted(options.signal);
    const attempt: Attempt = {
      feeds,
      dims,
      store: this.variables.open(),
      randomState: this.variables.randomState(),
      outputs: names,
      as: options.as === 'tensor' ? 'device' : 'host',
      checkNumerics: options.checkNumerics ?? false,
      mayCancel: options.signal !== undefined || check !== undefined,
      transfer: options.transfer ?? false,
      updating: false,
      beforeUpdates: () => {
        requireNotAborted(options.signal);
        check?.();
        attempt.updating = this.source.updates.length > 0;
      },
      afterUpdates: () => {
        attempt.updating = false;
        if (this.source.updates.length > 0) this.variables.changed();
        if (this.#draws && check === undefined) this.variables.advanceRandom();
      },
      withoutUpdates: () => {
        attempt.updating = false;
      },
    };
    return attempt;
  }

  async #attempt(feeds: BoundFeeds, options: RunOptions): Promise<HostResults<O> & DeviceResults<O>> {
    this.#requireAlive();
    const attempt = this.#request(feeds, options);
    const bound = this.#programs.get(attempt.dims).retain();
    try {
      return this.#present(await bound.executable.run(attempt));
    } catch (e) {
      throw this.#failed(attempt, e);
    } finally {
      bound.release();
    }
  }

  #present(results: Readonly<Record<string, HostValue | DeviceValue>>): HostResults<O> & DeviceResults<O> {
    const { outputs } = this.source;
    const given = Object.entries(results).map(([name, value]) => [
      name,
      isHost(value) ? new HostTensor(fromStored(value, outputs[name]!.dtype)) : value,
    ]);
    return Object.fromEntries(given) as HostResults<O> & DeviceResults<O>;
  }

  /** The error, after the store has been told. */
  #failed(attempt: Attempt, error: unknown): unknown {
    if (attempt.updating) this.variables.invalidate((error as Error).message);
    return error;
  }

  #requireAlive(): void {
    if (this.#disposed) throw new ProgramStateError('the program has been disposed');
  }
}

const describe = (graph: ProgramGraph): string => `of ${toposort(rootsOf(graph)).length} nodes
  outputs: ${some(Object.entries(graph.outputs), ([name, s]) => `${name} ${formatType(s)}`)}
  updates: ${some(graph.updates, (u) => variableName(u.variable))}`;

shown(
  Program as { readonly prototype: Program },
  'Program',
  ({ backend, placeholders, optimized }) => `on ${backend.name}, ${describe(optimized)}
  feeds: ${some(placeholders.values())}`,
);

/** A run, and whether its updates have begun. */
interface Attempt extends RunRequest {
  updating: boolean;
}

function sourceOf(graph: NodeTable, outputs: Outputs, updates: readonly Update[], keepDead: boolean): ProgramGraph {
  return {
    graph,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, s]) => [name, graph.adopt(s)])),
    updates: updates.map(({ variable, value }) => ({ variable: graph.adopt(variable), value: graph.adopt(value) })),
    kept: keepDead ? deadCode(graph) : [],
  };
}

const placeholdersOf = (nodes: readonly Node[]): Map<string, Sym> =>
  new Map(nodes.filter((n) => n.op === Placeholder).map((n) => [n.attrs.name as string, n.outputs[0]!]));

/** Requires sizes, of dims that are there. @throws ShapeError */
function requireDims(dims: DimBindings, names: readonly string[], graph: NodeTable): void {
  for (const [name, size] of Object.entries(dims)) {
    if (!Number.isInteger(size) || size < 0) throw new ShapeError(`$${name} is a size, not ${formatValue(size)}`);
    if (names.includes(name)) continue;
    const known = dimsOf(graph.nodes);
    if (!known.has(name))
      throw new ShapeError(
        `no shape has the dim $${name}; there are ${[...known].map((n) => `$${n}`).join(', ') || 'none'}`,
      );
  }
}

/** The dims that feeds have to bind. @throws ShapeError for one that nothing can bind */
function unboundDims(
  names: readonly string[],
  placeholders: ReadonlyMap<string, Sym>,
  dims: DimBindings,
): readonly string[] {
  const fed = new Set([...placeholders.values()].flatMap((p) => p.shape.flatMap((d) => bareName(d) ?? [])));
  const free = names.filter((name) => dims[name] === undefined);
  const lost = free.filter((name) => !fed.has(name));
  if (lost.length > 0) {
    throw new ShapeError(
      `nothing binds ${lost.map((n) => `$${n}`).join(', ')}: no placeholder has it as a dim of its own; pass { dims: { ${lost[0]}: ... } }`,
    );
  }
  return free;
}

function requireNotAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new CancelledError('the run was cancelled; no variable has changed', { cause: signal.reason });
}
