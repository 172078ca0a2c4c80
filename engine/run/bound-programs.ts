/** What runs a program for given sizes: made when they are first needed, and kept as long as there is room. */
import type { DimBindings } from '../attr.ts';
import { type OptimizeOptions, optimizeBound } from '../optimize/pipeline.ts';
import { nodesOf, type ProgramGraph } from '../optimize/program-graph.ts';
import type { Backend, Executable, OpenExecutable } from './backend.ts';

/** The most bytes that those of one program may take together; the last one that was used is kept whatever it takes. */
const ROOM = 256 * 2 ** 20;
/** About what a node takes: itself and its place in the table, its step in the plan, the arguments of its kernel. */
const BYTES_PER_NODE = 2048;

/** A program for given sizes. */
export interface BoundProgram {
  readonly program: ProgramGraph;
  readonly executable: Executable;
}

interface Entry extends BoundProgram {
  readonly bytes: number;
  /** How many runs are under way. */
  users: number;
  /** Undefined where it serves other sizes too, and once it is disposed of. */
  dispose: (() => void) | undefined;
  evicted: boolean;
}

export class BoundPrograms {
  readonly #backend: Backend;
  readonly #opened: ProgramGraph;
  readonly #options: OptimizeOptions;
  /** For all sizes, on backends that take symbols. */
  readonly #open: OpenExecutable | undefined;
  /** By sizes, the least recently used first. */
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;
  #last: { readonly key: string; readonly entry: Entry } | undefined;

  /** @param opened what the open stage has left */
  constructor(backend: Backend, opened: ProgramGraph, options: OptimizeOptions) {
    this.#backend = backend;
    this.#opened = opened;
    this.#options = options;
    if (backend.target.takesSymbols) this.#open = backend.prepareOpen!(opened);
  }

  /** @param dims all that the program depends on, in one order at all calls */
  get(dims: DimBindings): BoundProgram {
    return this.#entry(dims);
  }

  /** As `get`: it lives until `release`, even if it is evicted or all are disposed of meanwhile. */
  acquire(dims: DimBindings): BoundProgram {
    const entry = this.#entry(dims);
    entry.users++;
    return entry;
  }

  release(bound: BoundProgram): void {
    const entry = bound as Entry;
    entry.users--;
    this.#disposeUnused(entry);
  }

  dispose(): void {
    for (const key of [...this.#entries.keys()]) this.#evict(key);
    this.#open?.dispose();
  }

  #entry(dims: DimBindings): Entry {
    const key = Object.values(dims).join();
    // the common case: the same sizes as in the last run
    if (key === this.#last?.key) return this.#last.entry;
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = this.#make(dims);
      this.#bytes += entry.bytes;
    } else this.#entries.delete(key);
    // at the end: a Map's order is the order of use
    this.#entries.set(key, entry);
    this.#last = { key, entry };
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= ROOM || oldest === key) break;
      this.#evict(oldest);
    }
    return entry;
  }

  #make(dims: DimBindings): Entry {
    const open = this.#open?.choose(dims);
    if (open !== undefined)
      return {
        program: this.#opened,
        executable: open,
        bytes: BYTES_PER_NODE,
        users: 0,
        dispose: undefined,
        evicted: false,
      };
    const program = optimizeBound(this.#opened, this.#backend.target, dims, this.#options);
    const executable = this.#backend.prepare(program);
    const bytes = nodesOf(program).length * BYTES_PER_NODE + executable.constantBytes;
    return { program, executable, bytes, users: 0, dispose: () => executable.dispose(), evicted: false };
  }

  #evict(key: string): void {
    const entry = this.#entries.get(key)!;
    this.#entries.delete(key);
    if (this.#last?.key === key) this.#last = undefined;
    this.#bytes -= entry.bytes;
    entry.evicted = true;
    this.#disposeUnused(entry);
  }

  #disposeUnused(entry: Entry): void {
    if (!entry.evicted || entry.users > 0) return;
    entry.dispose?.();
    entry.dispose = undefined;
  }
}
