/** What runs a program for given sizes: made when they are first needed, and kept as long as there is room. */
import type { DimBindings } from '../attr.ts';
import { decideChecks, type OpenCheck } from '../optimize/bind.ts';
import { type OptimizeOptions, optimizeBound } from '../optimize/pipeline.ts';
import { nodesOf, type ProgramGraph } from '../optimize/program-graph.ts';
import type { Backend, Executable, OpenExecutable } from './backend.ts';

/** The most bytes that those of one program may take together; the last one that was used is kept whatever it takes. */
const ROOM = 256 * 2 ** 20;
/** About what a node takes (1500 were measured): itself and its place in the table, its step in the plan, its kernel's arguments. */
const BYTES_PER_NODE = 1536;

/** A program for given sizes, which lives as long as it has an owner: the cache, or a run that is under way. */
class BoundProgram {
  readonly program: ProgramGraph;
  readonly executable: Executable;
  readonly bytes: number;
  readonly #isOpen: boolean;
  #owners = 1;

  /** @param isOpen whether the executable serves other sizes too, so that it is not this one's to dispose of */
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
  /** For all sizes, on backends that take symbols. */
  readonly #open: OpenExecutable | undefined;
  readonly #names: readonly string[];
  readonly #checks: readonly OpenCheck[];
  /** By sizes, the least recently used first. */
  readonly #kept = new Map<string, BoundProgram>();
  #bytes = 0;
  #last: { readonly sizes: readonly number[]; readonly bound: BoundProgram } | undefined;

  /**
   * @param opened what the open stage has left
   * @param names of all dims that the program depends on
   * @param checks that are open until their sizes are known
   */
  constructor(
    backend: Backend,
    opened: ProgramGraph,
    names: readonly string[],
    checks: readonly OpenCheck[],
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
   * The program for these sizes. A run retains it: it may be evicted meanwhile.
   * @param sizes of all dims, in the order of their names
   * @throws ShapeError where a check does not hold for them
   */
  get(sizes: readonly number[]): BoundProgram {
    const last = this.#last;
    // the common case: the same sizes as in the last run
    if (last?.sizes.every((size, i) => size === sizes[i])) return last.bound;
    const key = sizes.join();
    let bound = this.#kept.get(key);
    if (bound === undefined) {
      bound = this.#make(Object.fromEntries(this.#names.map((name, i) => [name, sizes[i]!])));
      this.#bytes += bound.bytes;
    } else this.#kept.delete(key);
    // at the end: a Map's order is the order of use
    this.#kept.set(key, bound);
    this.#last = { sizes, bound };
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= ROOM || oldest === key) break;
      this.#evict(oldest);
    }
    return bound;
  }

  dispose(): void {
    this.#last = undefined;
    for (const key of this.#kept.keys()) this.#evict(key);
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
    const bound = this.#kept.get(key)!;
    this.#kept.delete(key);
    this.#bytes -= bound.bytes;
    bound.release();
  }
}
