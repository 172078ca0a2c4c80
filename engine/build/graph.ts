/** The graph that a user builds: a node table with names, scopes, placeholders and variables. */

import { requireOfThisCopy } from '../copy.ts';
import type { DimLike } from '../dim/index.ts';
import { GraphError } from '../errors.ts';
import { exposeMethods } from '../expose.ts';
import type { InitializerLike } from '../initializer.ts';
import { initializerAttr } from '../initializer.ts';
import { shown, some } from '../inspect.ts';
import { constant } from '../primitives/constant.ts';
import { Placeholder } from '../primitives/placeholder.ts';
import { Variable } from '../primitives/variable.ts';
import type { DType, NestedArray, TypedArray } from '../types.ts';
import { atOnce, building, context } from './context.ts';
import type { GraphDocument } from './document.ts';
import { type ReadOptions, readDocument, writeDocument } from './serialize.ts';
import { type Sym, toShape } from './sym.ts';
import { NodeTable } from './table.ts';
import type { Update } from './update.ts';

export interface VariableOptions {
  readonly dtype?: DType;
  /** false: optimizers leave it alone unless it is listed. */
  readonly trainable?: boolean;
  /** Give the existing variable of that name and type instead of refusing it. */
  readonly share?: boolean;
}

export class Graph extends NodeTable {
  readonly #named = new Map<string, Sym>();
  /** Scopes that contain a name. */
  readonly #scopes = new Set<string>();
  /** By scope name, the first suffix that may be unused. */
  readonly #nextSuffix = new Map<string, number>();
  #scope = '';

  static {
    exposeMethods(Graph, {
      placeholder: 'name:s shape:[nsdz] dtype?:s',
      variable: 'name:s shape:[nsdz] init?:nbai options?:{dtype?:s,trainable?:b,share?:b}',
      constant: 'value:nba dtype?:s shape?:[n]',
      name: 'name:s sym:y',
      find: 'name:s',
      toJSON: 'outputs?:r updates?:[o]',
    });
  }

  /**
   * A value that every run is fed.
   * @param shape sizes, symbols such as '$batch' (one name is one size everywhere), or null for a new anonymous symbol
   * @throws GraphError if the name is taken
   */
  placeholder(name: string, shape: readonly DimLike[], dtype: DType = 'float32'): Sym {
    const full = this.#claim(name);
    return this.#record(
      full,
      building(this, () => Placeholder.node({}, { name: full, dtype, shape: toShape(shape) })),
    );
  }

  /**
   * A value that a store keeps between runs.
   * @param init an initializer, or the first value: a number for all elements, or an array
   * @throws GraphError if the name is taken; ShapeError for a symbolic shape
   */
  variable(name: string, shape: readonly DimLike[], init: InitializerLike = 0, options: VariableOptions = {}): Sym {
    const { dtype = 'float32', trainable = true, share = false } = options;
    const full = this.#scope + name;
    const existing = this.#named.get(full);
    if (share && existing !== undefined) {
      if (existing.node.op === Variable && existing.dtype === dtype && existing.shape.join() === toShape(shape).join())
        return existing;
      throw new GraphError(
        `'${full}' exists as ${existing.toString()}, made at ${existing.node.site ?? 'an unknown line'}, and cannot be shared as ${dtype}[${shape.join(', ')}]`,
      );
    }
    this.#claim(name);
    const attrs = { name: full, dtype, shape: toShape(shape), trainable, init: initializerAttr.parse(init) };
    return this.#record(
      full,
      building(this, () => Variable.node({}, attrs)),
    );
  }

  /** A constant of this graph; `value` is copied. */
  constant(value: number | boolean | NestedArray | TypedArray, dtype?: DType, shape?: readonly number[]): Sym {
    return building(this, () => constant(value, dtype, shape));
  }

  /**
   * Runs `f`, prefixing every name given in it with `name/`.
   * @throws GraphError if `f` returns a promise: names given after its first `await` would lie outside the scope
   */
  scope<T>(name: string, f: () => T): T {
    const outer = this.#scope;
    this.#scope = `${outer}${name}/`;
    try {
      return atOnce(`scope '${name}'`, building(this, f));
    } finally {
      this.#scope = outer;
    }
  }

  /** The name of a scope that contains no name yet: `base`, or `base_1`, `base_2`, ... */
  unusedScope(base: string): string {
    const full = this.#scope + base;
    let k = this.#nextSuffix.get(full) ?? 0;
    while (this.#scopes.has(numbered(full, k))) k++;
    this.#nextSuffix.set(full, k); // names are never removed, so smaller suffixes stay in use
    return numbered(base, k);
  }

  /** Names a value, for errors, printing and `find`, and returns it. @throws GraphError if another value has the name */
  name<S extends Sym>(name: string, sym: S): S {
    const adopted = this.adopt(sym) as S;
    const full = this.#scope + name;
    const existing = this.#named.get(full);
    if (existing !== undefined && existing !== adopted) throw this.#takenError(full, existing);
    return this.#record(full, adopted) as S;
  }

  /** The value of that name. @throws GraphError if there is none */
  find(name: string): Sym {
    const sym = this.#named.get(name);
    if (sym === undefined)
      throw new GraphError(`nothing is named '${name}'; names: ${[...this.#named.keys()].join(', ') || 'none'}`);
    return sym;
  }

  /** Named values, in the order in which they were named. */
  get named(): ReadonlyMap<string, Sym> {
    return this.#named;
  }

  /** All variables of the graph. */
  variables(): readonly Sym[] {
    return [...this.#named.values()].filter((s) => s.node.op === Variable);
  }

  /**
   * The graph as plain data: `outputs` (by default every named value), the nodes that they depend on, and updates.
   */
  toJSON(
    outputs: Readonly<Record<string, Sym>> = Object.fromEntries(this.#named),
    updates: readonly Update[] = [],
  ): GraphDocument {
    return writeDocument(outputs, updates);
  }

  /**
   * Reads a document written by `toJSON`; anything unknown or malformed is an error.
   * @param options.ops the ops that the document may use, besides the engine's primitives
   * @throws SerializationError naming the node
   */
  static fromJSON(
    document: unknown,
    options: ReadOptions,
  ): { graph: Graph; outputs: Record<string, Sym>; updates: readonly Update[] } {
    const graph = new Graph();
    const { outputs, updates, names } = readDocument(document, graph, options);
    for (const [name, sym] of names) graph.#register(name, sym);
    return { graph, outputs, updates };
  }

  #claim(name: string): string {
    const full = this.#scope + name;
    const existing = this.#named.get(full);
    if (existing !== undefined) throw this.#takenError(full, existing);
    return full;
  }

  #record(name: string, sym: Sym): Sym {
    this.#register(name, sym);
    sym.node.addName(name, sym.output);
    return sym;
  }

  #register(name: string, sym: Sym): void {
    this.#named.set(name, sym);
    for (let end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) this.#scopes.add(name.slice(0, end));
  }

  #takenError(name: string, existing: Sym): GraphError {
    const made = existing.node.site;
    return new GraphError(
      `the name '${name}' is taken by ${existing.toString()}${made === undefined ? '' : `, made at ${made}`}`,
    );
  }
}

shown(Graph, 'Graph', (graph) => {
  const of = (wanted: (sym: Sym) => boolean): string => some([...graph.named.values()].filter(wanted));
  const leaf = ({ node: { op } }: Sym): boolean => op === Placeholder || op === Variable;
  return `of ${graph.nodes.length} nodes
  placeholders: ${of((s) => s.node.op === Placeholder)}
  variables: ${of((s) => s.node.op === Variable)}
  other names: ${of((s) => !leaf(s))}`;
});

/** The graph of the first value that belongs to one, else the ambient graph, else a new one. */
export function graphOf(syms: readonly Sym[]): NodeTable {
  requireOfThisCopy(...syms);
  return syms.find((s) => s.node.graph !== undefined)?.node.graph ?? context.graph ?? new Graph();
}

const numbered = (name: string, k: number): string => (k === 0 ? name : `${name}_${k}`);
