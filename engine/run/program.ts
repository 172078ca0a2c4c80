/** Programs: compiled outputs and updates, which can be run. */
import { type DimBindings, formatValue } from '../attr.ts';
import type { Entered } from '../build/callsite.ts';
import { isSym, type Node, type Sym } from '../build/sym.ts';
import { toposort } from '../build/toposort.ts';
import { variableName } from '../build/update.ts';
import { AttributeError, DTypeError, FeedError, GraphError, ProgramStateError, ShapeError } from '../errors.ts';
import { exposeMethods, optionsCheck } from '../expose.ts';
import { shown, shownAs, some } from '../inspect.ts';
import { requireDims } from '../optimize/bind.ts';
import { type ProgramGraph, rootsOf } from '../optimize/program-graph.ts';
import type { Plan } from '../plan/plan.ts';
import { RandomState } from '../primitives/random-state.ts';
import { Variable } from '../primitives/variable.ts';
import { formatType } from '../types.ts';
import { Disposing } from '../using.ts';
import type { Backend, DeviceValue, HostValue, RunRequest, StepReport } from './backend.ts';
import { fromStored, HostTensor, isHost, RunFailure } from './backend.ts';
import type { BoundPrograms } from './bound-programs.ts';
import { requireNotCancelled } from './cancel.ts';
import { copied, type FeedBinder, type Feeds } from './feeds.ts';
import type { Variables } from './variables.ts';

export interface RunOptions {
  /** Names of the outputs to return; all by default, `[]` for none. */
  readonly outputs?: readonly string[];
  /** 'host' by default; 'tensor' returns tf.Tensors that the caller owns, of all dtypes except complex64. */
  readonly as?: 'host' | 'tensor';
  /** Throw a NumericsError at the first node with a value that is not finite. Slow. */
  readonly checkNumerics?: boolean;
  /** Cancels the run, until its first update. */
  readonly signal?: AbortSignal;
  /** Transfer fed typed arrays to a worker instead of copying them: they are empty afterwards. Views of a part of a buffer are copied. */
  readonly transfer?: boolean;
}

const NO_OPTIONS: RunOptions = Object.freeze({});
const checkRunOptions = /* @__PURE__ */ optionsCheck(
  'run',
  'outputs?:[s],as?:s,checkNumerics?:b,signal?:o,transfer?:b',
);

/** How long synchronous runs of `runMany` may block the event loop in one turn. */
const TURN_MS = 4;

export type Outputs = Readonly<Record<string, Sym>>;
export type HostResults<O> = { readonly [K in keyof O]: HostTensor };
/** For tf.Tensors: `program.run<tf.Tensor>(feeds, { as: 'tensor' })`. */
export type DeviceResults<O, T extends DeviceValue = DeviceValue> = { readonly [K in keyof O]: T };

/** Checked feeds, and sizes for all symbols. */
type BoundRun = Pick<RunRequest, 'feeds' | 'dims'>;

/** The result of compilation. */
export interface Compiled {
  readonly backend: Backend;
  readonly variables: Variables;
  readonly source: ProgramGraph;
  /** The source's nodes, in topological order. */
  readonly nodes: readonly Node[];
  /** The program after the open stage. */
  readonly opened: ProgramGraph;
  readonly programs: BoundPrograms;
  readonly placeholders: ReadonlyMap<string, Sym>;
  readonly feeds: FeedBinder;
  /** All symbols that the program depends on. */
  readonly names: readonly string[];
  /** The symbols that a run has to bind. */
  readonly unbound: readonly string[];
  /** The sizes given at compilation. */
  readonly dims: DimBindings;
}

export class Program<O extends Outputs = Outputs> extends Disposing {
  readonly backend: Backend;
  /** The store of this program's variables. */
  readonly variables: Variables;
  /** The program before any pass. */
  readonly source: ProgramGraph;
  /** The program after all passes; after those of the open stage, if runs bind dims. */
  readonly optimized: ProgramGraph;
  /** Placeholders that a run must be fed, by name. */
  readonly placeholders: ReadonlyMap<string, Sym>;
  readonly #compiled: Compiled;
  readonly #outputs: readonly string[];
  readonly #draws: boolean;
  #disposed = false;

  static {
    exposeMethods(Program, { prepare: 'dims:o', planFor: 'dims:o' });
  }

  constructor(compiled: Compiled) {
    super();
    const { backend, variables, source, nodes, opened, programs } = compiled;
    this.backend = backend;
    this.variables = variables;
    this.source = source;
    this.placeholders = compiled.placeholders;
    this.#compiled = compiled;
    this.#outputs = Object.keys(source.outputs);
    this.#draws = nodes.some((n) => n.op === RandomState);
    variables.retain();
    try {
      if (variables.backend !== backend)
        throw new ProgramStateError(
          `the variables are on '${variables.backend.name}', the program is on '${backend.name}'`,
        );
      this.optimized = compiled.unbound.length > 0 ? opened : programs.get(this.#complete({})).program;
      for (const graph of [source, this.optimized]) shownAs(graph, () => `ProgramGraph ${describe(graph)}`);
      variables.declare(nodes.filter((n) => n.op === Variable).map((n) => n.outputs[0]!));
    } catch (e) {
      programs.dispose();
      variables.release();
      throw e;
    }
  }

  /**
   * Runs once. Runs of one store are executed in the order of the calls. Fed arrays may be changed after the call.
   * @throws FeedError before anything runs; CancelledError, in which case no variable has changed; NumericsError with `checkNumerics`
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
    const bound = this.variables.idle || options.transfer ? given : { ...given, feeds: copied(given.feeds) };
    return this.variables.exclusively(() => this.#attempt(bound, options));
  }

  /**
   * Runs once, synchronously.
   * @throws ProgramStateError on a backend that is not synchronous, or while a `run` is pending; as `run`
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
    const bound = this.#compiled.programs.get(request.dims).retain();
    try {
      const results = bound.executable.runSync!(request);
      this.#updated();
      return this.#present(results);
    } catch (e) {
      throw this.#failed(e);
    } finally {
      bound.release();
    }
  }

  /**
   * Runs for each of many feeds, in order; `signal` cancels between runs. On a backend that changes threads, short runs are synchronous,
   * several in a turn of the event loop, which they block for about 4 ms.
   */
  async *runMany(
    batches: Iterable<Feeds> | AsyncIterable<Feeds>,
    options: Omit<RunOptions, 'as'> = NO_OPTIONS,
  ): AsyncGenerator<HostResults<O>, void> {
    // milliseconds left for synchronous runs in this turn, and a decaying maximum of a run's time
    let [left, longest] = [0, 0];
    if (typeof batches !== 'object' || !(Symbol.iterator in batches || Symbol.asyncIterator in batches))
      throw new AttributeError(`runMany: batches must be an iterable of feeds, not ${formatValue(batches)}`);
    for await (const feeds of batches) {
      const start = performance.now();
      const runsSync = this.backend.changesThread && longest < left && this.variables.idle;
      const results = (
        runsSync ? this.#runSync(feeds, options, this.runMany) : await this.#run(feeds, options, this.runMany)
      ) as HostResults<O>;
      const elapsed = performance.now() - start;
      // awaiting another thread has yielded to the event loop
      left = runsSync ? left - elapsed : TURN_MS;
      longest = Math.max(elapsed, longest / 2);
      yield results;
    }
  }

  /**
   * Runs once, step by step, and yields the outputs of each step. Variables change after the last step.
   * @throws ProgramStateError on a backend that does not run step by step, or if variables changed between the steps
   */
  async *steps(feeds: Feeds = {}): AsyncGenerator<StepReport, void> {
    this.variables.requireIdle('steps');
    const request = this.#request(this.#bind(feeds, this.steps), NO_OPTIONS);
    const bound = this.#compiled.programs.get(request.dims).retain();
    try {
      if (bound.executable.steps === undefined)
        throw new ProgramStateError(`'${this.backend.name}' does not run step by step`);
      if (this.#draws) this.variables.advanceRandom(); // now, so that a run between two steps draws other numbers
      yield* bound.executable.steps(request);
    } catch (e) {
      throw this.#failed(e);
    } finally {
      bound.release();
    }
  }

  /** Binds and plans the program for these sizes ahead of the first run. @throws ShapeError if a size is missing */
  prepare(dims: DimBindings): void {
    this.#requireAlive();
    this.#compiled.programs.get(this.#complete(dims));
  }

  /** The plan of a program whose dims are all bound. @throws as `planFor` */
  get plan(): Plan {
    return this.planFor({});
  }

  /** The plan for these sizes. @throws ProgramStateError on a backend without plans; ShapeError if a size is missing */
  planFor(dims: DimBindings): Plan {
    this.#requireAlive();
    const plan = this.#compiled.programs.get(this.#complete(dims)).executable.plan;
    if (plan === undefined) throw new ProgramStateError(`'${this.backend.name}' runs whole programs and has no plan`);
    return plan;
  }

  /** Frees the program's resources, and its store if `compile` made that and no other program uses it. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#compiled.programs.dispose();
    this.variables.release();
  }

  /** @param entered the function that the user called */
  #bind(feeds: Feeds, entered: Entered): BoundRun {
    this.#requireAlive();
    if (typeof feeds !== 'object' || feeds === null || isSym(feeds))
      throw new FeedError(`feeds are values by the names of placeholders, not ${formatValue(feeds)}: write { x: ... }`);
    const bound = this.#compiled.feeds.bind(feeds, entered);
    return { feeds: bound.feeds, dims: this.#sizes(bound.dims, nothingBinds) };
  }

  /** Sizes of all symbols that the program depends on. @throws ShapeError if one is missing */
  #complete(given: DimBindings): readonly number[] {
    requireDims(given, this.#compiled.names, this.source.graph.nodes);
    return this.#sizes({ ...this.#compiled.dims, ...given }, dependsOn);
  }

  #sizes(dims: DimBindings, refusal: (missing: string) => Error): readonly number[] {
    const { names } = this.#compiled;
    const missing = names.filter((name) => dims[name] === undefined);
    if (missing.length > 0) throw refusal(missing.map((name) => `$${name}`).join(', '));
    return names.map((name) => dims[name]!);
  }

  #request({ feeds, dims }: BoundRun, options: RunOptions): RunRequest {
    if (options !== NO_OPTIONS) checkRunOptions(options);
    const { outputs } = this.source;
    for (const name of options.outputs ?? [])
      if (!Object.hasOwn(outputs, name))
        throw new GraphError(`there is no output '${name}'; outputs: ${this.#outputs.join(', ')}`);
    const names = options.outputs ?? this.#outputs;
    const complex = options.as === 'tensor' && names.find((name) => outputs[name]!.dtype === 'complex64');
    if (complex)
      throw new DTypeError(
        `'${complex}' is complex64, which not every backend has tensors of; output its real and imag instead`,
      );
    requireNotCancelled(options.signal);
    return {
      feeds,
      dims,
      store: this.variables.open(),
      randomState: this.variables.randomState(),
      outputs: names,
      as: options.as === 'tensor' ? 'device' : 'host',
      checkNumerics: options.checkNumerics ?? false,
      transfer: options.transfer ?? false,
      signal: options.signal,
    };
  }

  async #attempt(run: BoundRun, options: RunOptions): Promise<HostResults<O> & DeviceResults<O>> {
    this.#requireAlive();
    const request = this.#request(run, options);
    const bound = this.#compiled.programs.get(request.dims).retain();
    try {
      const results = await bound.executable.run(request);
      this.#updated();
      return this.#present(results);
    } catch (e) {
      throw this.#failed(e);
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

  /** Called after a run's updates: the next run draws other random numbers. */
  #updated(): void {
    if (this.#draws) this.variables.advanceRandom();
  }

  /** Updates or invalidates the store after a failed run, and returns the error for the user. */
  #failed(error: unknown): unknown {
    if (!(error instanceof RunFailure)) return error;
    if (error.updates === 'all') this.#updated();
    else this.variables.invalidate(error.message);
    return error.cause;
  }

  #requireAlive(): void {
    if (this.#disposed) throw new ProgramStateError('the program has been disposed');
  }
}

const nothingBinds = (missing: string): FeedError =>
  new FeedError(`nothing binds ${missing}: feed a placeholder that has it, or compile with { dims }`);
const dependsOn = (missing: string): ShapeError =>
  new ShapeError(`the plan depends on ${missing}; give sizes to planFor or prepare`);

const describe = (graph: ProgramGraph): string => `of ${toposort(rootsOf(graph)).length} nodes
  outputs: ${some(Object.entries(graph.outputs), ([name, s]) => `${name} ${formatType(s)}`)}
  updates: ${some(graph.updates, (u) => variableName(u.variable))}`;

shown(
  Program as { readonly prototype: Program },
  'Program',
  ({ backend, placeholders, optimized }) => `on ${backend.name}, ${describe(optimized)}
  feeds: ${some(placeholders.values())}`,
);
