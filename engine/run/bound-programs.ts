/** A cache of a program's executables by sizes: made when first needed, evicted least recently used first. */
import type { DimBindings } from '../attr.ts';
import { type DeferredCheck, decideChecks } from '../optimize/bind.ts';
import { type OptimizeOptions, optimizeBound } from '../optimize/pipeline.ts';
import { nodesOf, type ProgramGraph } from '../optimize/program-graph.ts';
import type { Backend, Executable, OpenExecutable } from './backend.ts';

/** The most bytes that the cache of one program may take; the entry used last is kept whatever it takes. */
const CACHE_BYTES = 256 * 2 ** 20;
/** An estimate of the memory for a node (1500 bytes measured): the node, its entry in the table, its step, its kernel's arguments. */
const BYTES_PER_NODE = 1536;

/** A program bound to sizes. It is reference-counted by the cache and by runs in progress. */
class BoundProgram {
  readonly program: ProgramGraph;
  readonly executable: Executable;
  readonly bytes: number;
  readonly #isOpen: boolean;
  #owners = 1;

  /** @param isOpen whether the executable runs other sizes too, so that the OpenExecutable disposes of it */
  constructor(program: ProgramGraph, executable: Executable, isOpen: boolean) {
    this.program = program;
    this.executable = executable;
    this.#isOpen = isOpen;
    this.bytes = isOpen ? BYTES_PER_NODE : nodesOf(program).length * BYTES_PER_NODE + executable.constantBytes;
  }

  retain(): this {
    this.#owners++;
    return this;
  }

  release(): void {
    if (--this.#owners === 0 && !this.#isOpen) this.executable.dispose();
  }
}

export class BoundPrograms {
  readonly #backend: Backend;
  readonly #opened: ProgramGraph;
  readonly #options: OptimizeOptions;
  /** Runs all sizes, on backends that take symbols. */
  readonly #open: OpenExecutable | undefined;
  readonly #names: readonly string[];
  readonly #checks: readonly DeferredCheck[];
  /** By sizes, least recently used first. */
  readonly #cached = new Map<string, BoundProgram>();
  #bytes = 0;
  #last: { readonly sizes: readonly number[]; readonly bound: BoundProgram } | undefined;

  /**
   * @param opened the program after the open stage
   * @param names the symbols that the program depends on
   * @param checks deferred checks, decided for each set of sizes
   */
  constructor(
    backend: Backend,
    opened: ProgramGraph,
    names: readonly string[],
    checks: readonly DeferredCheck[],
    options: OptimizeOptions,
  ) {
    this.#backend = backend;
    this.#opened = opened;
    this.#names = names;
    this.#checks = checks;
    this.#options = options;
    if (backend.target.takesSymbols) this.#open = backend.prepareOpen!(opened, names);
  }

  /**
   * The program for these sizes. A run must retain it, since it may be evicted during the run.
   * @param sizes sizes of all symbols, in the order of `names`
   * @throws ShapeError if a deferred check fails
   */
  get(sizes: readonly number[]): BoundProgram {
    const last = this.#last;
    // the common case: the same sizes as in the last run
    if (last?.sizes.every((size, i) => size === sizes[i])) return last.bound;
    const key = sizes.join();
    let bound = this.#cached.get(key);
    if (bound === undefined) {
      bound = this.#make(Object.fromEntries(this.#names.map((name, i) => [name, sizes[i]!])));
      this.#bytes += bound.bytes;
    } else this.#cached.delete(key);
    // a Map iterates in the order of insertion, so the last used is last
    this.#cached.set(key, bound);
    this.#last = { sizes, bound };
    for (const oldest of this.#cached.keys()) {
      if (this.#bytes <= CACHE_BYTES || oldest === key) break;
      this.#evict(oldest);
    }
    return bound;
  }

  dispose(): void {
    this.#last = undefined;
    for (const key of this.#cached.keys()) this.#evict(key);
    this.#open?.dispose();
  }

  #make(dims: DimBindings): BoundProgram {
    decideChecks(this.#checks, dims);
    const open = this.#open?.choose(dims);
    if (open !== undefined) return new BoundProgram(this.#opened, open, true);
    const program = optimizeBound(this.#opened, this.#backend.target, dims, this.#options);
    return new BoundProgram(program, this.#backend.prepare(program), false);
  }

  #evict(key: string): void {
    const bound = this.#cached.get(key)!;
    this.#cached.delete(key);
    this.#bytes -= bound.bytes;
    bound.release();
  }
}
