/**
 * Functions: closed subgraphs as attribute values. A Function is traced in the surrounding graph; values that do not depend on its
 * parameters stay outside and are captured as further parameters. Functions with equal bodies are equal, whatever their parameters' names.
 */
import { attrsKey } from '../attr.ts';
import { GraphError } from '../errors.ts';
import { shownAs, some } from '../inspect.ts';
import { Parameter } from '../primitives/parameter.ts';
import { formatType, type TensorType } from '../types.ts';
import { WeakTable } from '../weak-table.ts';
import { building, surroundings } from './context.ts';
import type { Fn, Node, Sym } from './sym.ts';
import { NodeTable, rebuildNode } from './table.ts';
import { toposort } from './toposort.ts';

export interface Closure {
  readonly fn: Fn;
  /** Values of the surrounding graph for the Function's last parameters. */
  readonly captured: readonly Sym[];
}

/** Nodes that run together: a program's, or a body's. */
export interface Region {
  readonly nodes: readonly Node[];
  readonly results: readonly Sym[];
}

/** The region of these nodes, then the bodies of its Functions, nested ones included, each once. */
export function regionsOf(nodes: readonly Node[], results: readonly Sym[] = []): readonly Region[] {
  const regions: Region[] = [{ nodes, results }];
  const seen = new Set<Fn>();
  // the list grows while it is walked
  for (const region of regions)
    for (const { op, attrs } of region.nodes)
      for (const name of op.functions) {
        const fn = attrs[name] as Fn;
        if (seen.has(fn)) continue;
        seen.add(fn);
        regions.push({ nodes: toposort(fn.results), results: fn.results });
      }
  return regions;
}

let lastParameter = 0;

/** A new parameter for tracing, different from all others. */
export const freshParameter = ({ dtype, shape }: TensorType): Sym =>
  Parameter.node({}, { index: -++lastParameter, dtype, shape });

/**
 * Traces `f` over parameters of the given types. Without `graph`, the trace goes to the ambient graph, else to the graph of a value that
 * `f` uses, else to a new graph.
 */
export function trace(
  graph: NodeTable | undefined,
  types: readonly TensorType[],
  f: (parameters: readonly Sym[]) => readonly Sym[],
): Closure {
  return building(graph ?? surroundings(), () => {
    const parameters = types.map(freshParameter);
    const results = f(parameters);
    const target =
      graph ?? [...results, ...parameters].find((s) => s.node.graph !== undefined)?.node.graph ?? new NodeTable();
    const adopted = (syms: readonly Sym[]): readonly Sym[] => syms.map((s) => target.adopt(s));
    return close(target, adopted(parameters), adopted(results));
  });
}

/** The Function from `parameters` to `results`, and the values that it captures. */
export function close(graph: NodeTable, parameters: readonly Sym[], results: readonly Sym[]): Closure {
  const body = new NodeTable();
  const copies = new Map<Sym, Sym>();
  const captured: Sym[] = [];
  const inner: Sym[] = [];
  const addParameter = (outer: Sym): Sym => {
    const copy = building(body, () =>
      Parameter.node({}, { index: inner.length, dtype: outer.dtype, shape: outer.shape }),
    );
    inner.push(copy);
    copies.set(outer, copy);
    return copy;
  };
  for (const p of parameters) {
    if (p.node.graph !== graph) throw new GraphError('a Function over parameters of another graph');
    addParameter(p);
  }

  const order = toposort(results);
  const dependent = new Set<Node>(parameters.map((p) => p.node));
  for (const node of order) if (node.inputs.some((s) => dependent.has(s.node))) dependent.add(node);
  const copyOf = (sym: Sym): Sym => {
    const known = copies.get(sym);
    if (known !== undefined) return known;
    if (sym.node.op.traits.leaf === 'constant' && !sym.node.distinct) {
      const copy = rebuildNode(body, sym.node, []).outputs[sym.output]!;
      copies.set(sym, copy);
      return copy;
    }
    captured.push(sym);
    return addParameter(sym);
  };
  for (const node of order) {
    if (!dependent.has(node) || node.inputs.length === 0) continue;
    const copy = rebuildNode(body, node, node.inputs.map(copyOf));
    node.giveNames(copy.outputs);
    node.outputs.forEach((s, k) => {
      copies.set(s, copy.outputs[k]!);
    });
  }
  const bodyResults = results.map(copyOf);
  return { fn: makeFn(body, inner, bodyResults), captured };
}

/** A Function whose body is already built. */
export function makeFn(graph: NodeTable, parameters: readonly Sym[], results: readonly Sym[]): Fn {
  const key = structuralKey(parameters, results);
  const fn: Fn = { graph, parameters, results, key: key.name };
  keyOf.set(fn, key);
  shownAs(fn, () => `Function ${fn.key}: (${some(parameters, formatType)}) to (${some(results, formatType)})`);
  return fn;
}

/**
 * Copies the Function's body into `graph`, applied to `args`.
 * @throws GraphError for the wrong number of arguments
 */
export function inline(fn: Fn, graph: NodeTable, args: readonly Sym[]): readonly Sym[] {
  if (args.length !== fn.parameters.length)
    throw new GraphError(`a Function of ${fn.parameters.length} parameters got ${args.length} arguments`);
  const copies = new Map<Sym, Sym>(fn.parameters.map((p, i) => [p, graph.adopt(args[i]!)]));
  for (const node of toposort(fn.results)) {
    if (copies.has(node.outputs[0]!)) continue;
    const copy = rebuildNode(
      graph,
      node,
      node.inputs.map((s) => copies.get(s)!),
    );
    node.outputs.forEach((s, k) => {
      copies.set(s, copy.outputs[k]!);
    });
  }
  return fn.results.map((s) => copies.get(s)!);
}

/**
 * The results of a Function, inlined into the graph of its arguments: for composites that apply their op's Function.
 * @throws GraphError if no argument belongs to a graph
 */
export function apply(fn: Fn, args: readonly Sym[]): readonly Sym[] {
  const graph = args.find((s) => s.node.graph !== undefined)?.node.graph;
  if (graph === undefined) throw new GraphError('a Function called without an argument that belongs to a graph');
  return inline(fn, graph, args);
}

/** A short name for a body's text, which can be long while keys are compared often. Equal texts share a name while a Function uses it. */
interface Key {
  readonly name: string;
}
const keys = new WeakTable<Key>();
const keyOf = new WeakMap<Fn, Key>();
let lastKey = 0;

function structuralKey(parameters: readonly Sym[], results: readonly Sym[]): Key {
  const number = new Map<Node, number>();
  const ref = (s: Sym): string => `${number.get(s.node)}:${s.output}`;
  const lines = parameters.map((p, i) => {
    number.set(p.node, i);
    return formatType(p);
  });
  for (const node of toposort(results)) {
    if (number.has(node)) continue;
    number.set(node, number.size);
    lines.push(
      `${node.op.name}{${attrsKey(node.op.attrs, node.attrs)}}(${node.inputs.map(ref).join()}/${node.arity?.join() ?? ''})`,
    );
  }
  const text = `${lines.join('\n')}\n-> ${results.map(ref).join()}`;
  return keys.get(text, () => ({ name: `fn${lastKey++}` }));
}
