/** Programs: what compiling made of outputs and updates, and how it is run. */
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
import {
  type Backend,
  type DeviceValue,
  fromStored,
  HostTensor,
  type HostValue,
  isHost,
  RunFailure,
  type RunRequest,
  type StepReport,
} from './backend.ts';
import type { BoundPrograms } from './bound-programs.ts';
import { requireNotCancelled } from './cancel.ts';
import { copied, type FeedBinder, type Feeds } from './feeds.ts';
import type { Variables } from './variables.ts';

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

const NO_OPTIONS: RunOptions = Object.freeze({});
const checkRunOptions = /* @__PURE__ */ optionsCheck(
  'run',
  'outputs?:[s],as?:s,checkNumerics?:b,signal?:o,transfer?:b',
);

/** How long the event loop may be kept waiting by runs that are made in one turn of it. */
const TURN_MS = 4;

export type Outputs = Readonly<Record<string, Sym>>;
export type HostResults<O> = { readonly [K in keyof O]: HostTensor };
/** For tf.Tensors: `program.run<tf.Tensor>(feeds, { as: 'tensor' })`. */
export type DeviceResults<O, T extends DeviceValue = DeviceValue> = { readonly [K in keyof O]: T };

/** Feeds that have been checked, and the sizes that they and compiling bound. */
type BoundRun = Pick<RunRequest, 'feeds' | 'dims'>;

/** What compiling leaves. */
export interface Compiled {
  readonly backend: Backend;
  readonly variables: Variables;
  readonly source: ProgramGraph;
  /** Of the source, in topological order. */
  readonly nodes: readonly Node[];
  /** What the open stage has left. */
  readonly opened: ProgramGraph;
  readonly programs: BoundPrograms;
  readonly placeholders: ReadonlyMap<string, Sym>;
  readonly feeds: FeedBinder;
  /** All dims that the program depends on, those that a run has to bind, and those that are bound already. */
  readonly names: readonly string[];
  readonly free: readonly string[];
  readonly dims: DimBindings;
}

export class Program<O extends Outputs = Outputs> extends Disposing {
  readonly backend: Backend;
  /** The store that holds this program's variables. */
  readonly variables: Variables;
  /** The program as it was given, before any pass. */
  readonly source: ProgramGraph;
  /** The program after all passes; after those of the open stage, where runs bind dims. */
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
          `the variables live on '${variables.backend.name}', the program on '${backend.name}'`,
        );
      this.optimized = compiled.free.length > 0 ? opened : programs.get(this.#complete({})).program;
      for (const graph of [source, this.optimized]) shownAs(graph, () => `ProgramGraph ${describe(graph)}`);
      variables.declare(nodes.filter((n) => n.op === Variable).map((n) => n.outputs[0]!));
    } catch (e) {
      programs.dispose();
      variables.release();
      throw e;
    }
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
    const bound = this.variables.idle || options.transfer ? given : { ...given, feeds: copied(given.feeds) };
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
    const request = this.#request(this.#bind(feeds, this.steps), NO_OPTIONS);
    const bound = this.#compiled.programs.get(request.dims).retain();
    try {
      if (bound.executable.steps === undefined)
        throw new ProgramStateError(`'${this.backend.name}' does not run step by step`);
      if (this.#draws) this.variables.advanceRandom(); // now: a run between two steps draws anew
      yield* bound.executable.steps(request);
    } catch (e) {
      throw this.#failed(e);
    } finally {
      bound.release();
    }
  }

  /** Plans and precompiles ahead for these dims. */
  prepare(dims: DimBindings): void {
    this.#requireAlive();
    this.#compiled.programs.get(this.#complete(dims));
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
    const plan = this.#compiled.programs.get(this.#complete(dims)).executable.plan;
    if (plan === undefined) throw new ProgramStateError(`'${this.backend.name}' runs whole programs and has no plan`);
    return plan;
  }

  /** Frees what the program holds; and its store, if it made it and is the last to use it. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#compiled.programs.dispose();
    this.variables.release();
  }

  /** @param entered what was called by the user */
  #bind(feeds: Feeds, entered: Entered): BoundRun {
    this.#requireAlive();
    if (typeof feeds !== 'object' || feeds === null || isSym(feeds))
      throw new FeedError(`feeds are values by the names of placeholders, not ${formatValue(feeds)}: write { x: ... }`);
    const bound = this.#compiled.feeds.bind(feeds, entered);
    return { feeds: bound.feeds, dims: this.#sizes(bound.dims, nothingBinds) };
  }

  /** Sizes of all dims that the program depends on. @throws ShapeError where one is missing */
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
        throw new GraphError(`there is no output '${name}'; there are ${this.#outputs.join(', ')}`);
    const names = options.outputs ?? this.#outputs;
    const complex = options.as === 'tensor' && names.find((name) => outputs[name]!.dtype === 'complex64');
    if (complex)
      throw new DTypeError(
        `'${complex}' is complex64, which not every backend has tensors of; ask for its real and imag`,
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

  /** A run has made its updates: the next one draws anew. */
  #updated(): void {
    if (this.#draws) this.variables.advanceRandom();
  }

  /** The error, after the store has been told. */
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
