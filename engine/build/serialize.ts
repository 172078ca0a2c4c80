/**
 * Writes graphs to plain JSON and reads them back strictly. A document contains op names and data but never code: the reader looks ops up
 * in a list that the caller passes.
 */
import { type Attrs, isFn, parseAttrs } from '../attr.ts';
import { GraphError, SerializationError } from '../errors.ts';
import { type Initializer, literalFromConfig } from '../initializer.ts';
import type { AnyOp } from '../op.ts';
import { primitives } from '../primitives/index.ts';
import { Placeholder } from '../primitives/placeholder.ts';
import { Variable } from '../primitives/variable.ts';
import { inputRecord } from '../slots.ts';
import { deriving } from './context.ts';
import type { FunctionDocument, GraphDocument, NodeDocument, ParsedNode } from './document.ts';
import { FORMAT, parseDocument, VERSION } from './document.ts';
import { makeFn } from './function.ts';
import type { Fn, Node, Sym } from './sym.ts';
import { createNode, NodeTable } from './table.ts';
import { toposort } from './toposort.ts';
import { assign, requireOneUpdateEach, type Update, variableName } from './update.ts';
import { verify } from './verify.ts';

/** Makes an initializer from its settings in a document. */
export type InitializerFactory = (config: Readonly<Record<string, unknown>>) => Initializer;

export interface ReadOptions {
  /** Ops that the document may use, besides the engine's primitives. */
  readonly ops: Iterable<AnyOp>;
  /** Initializers that the document may use, by name, besides literal values. */
  readonly initializers?: Readonly<Record<string, InitializerFactory>>;
}

// ---- writing

/** The document of these outputs and updates, and of the nodes that they depend on. */
export function writeDocument(outputs: Readonly<Record<string, Sym>>, updates: readonly Update[]): GraphDocument {
  const functions: Record<string, FunctionDocument> = {};
  const idsOfFunctions = new Map<string, string>();
  const writeFunction = (fn: Fn): string => {
    let id = idsOfFunctions.get(fn.key);
    if (id === undefined) {
      id = `f${idsOfFunctions.size}`;
      idsOfFunctions.set(fn.key, id);
      const { nodes, ref } = writeNodes([...fn.parameters, ...fn.results], writeFunction);
      functions[id] = { nodes, parameters: fn.parameters.map(ref), results: fn.results.map(ref) };
    }
    return id;
  };
  const roots = [...Object.values(outputs), ...updates.flatMap((u) => [u.variable, u.value])];
  const { nodes, ref } = writeNodes(roots, writeFunction);
  return {
    format: FORMAT,
    version: VERSION,
    nodes,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, s]) => [name, ref(s)])),
    updates: Object.fromEntries(updates.map((u) => [variableName(u.variable), ref(u.value)])),
    functions,
  };
}

function writeNodes(
  roots: readonly Sym[],
  writeFunction: (fn: Fn) => string,
): { nodes: NodeDocument[]; ref: (s: Sym) => string } {
  const ids = new Map<Node, string>();
  const taken = new Set<string>();
  const ref = (s: Sym): string => (s.output === 0 ? ids.get(s.node)! : `${ids.get(s.node)!}:${s.output}`);
  const order = toposort(roots);
  for (const node of order) for (const name of node.names.slice(0, 1)) taken.add(name);
  const idOf = (node: Node, position: number): string => {
    const [name] = node.names;
    if (name && !name.includes(':')) return name; // a colon would read as a reference to an output
    let n = position;
    while (taken.has(`n${n}`)) n++;
    return `n${n}`;
  };
  const nodes = order.map((node, i): NodeDocument => {
    const id = idOf(node, i);
    ids.set(node, id);
    taken.add(id);
    const inputs = inputRecord(node.op, node.inputs, node.arity);
    const written = Object.entries(inputs).map(([slot, value]) => [
      slot,
      Array.isArray(value) ? (value as Sym[]).map(ref) : ref(value as Sym),
    ]);
    const attrs = Object.keys(node.op.attrs).map((name) => {
      const value = node.attrs[name];
      return [name, isFn(value) ? { function: writeFunction(value) } : node.op.attrs[name].toJSON(value)];
    });
    const further = node.outputs.slice(1).map(({ output }) => [`${output}`, node.namesOf(output)] as const);
    const named = further.filter(([, names]) => names.length > 0);
    return {
      id,
      op: node.op.name,
      ...(written.length > 0 && { inputs: Object.fromEntries(written) as Record<string, string | string[]> }),
      ...(attrs.length > 0 && { attrs: Object.fromEntries(attrs) as Record<string, unknown> }),
      ...(node.names.length > 0 && { names: [...node.names] }),
      ...(named.length > 0 && { outputNames: Object.fromEntries(named.map(([k, names]) => [k, [...names]])) }),
    };
  });
  return { nodes, ref };
}

// ---- reading

interface ReadResult {
  readonly outputs: Record<string, Sym>;
  readonly updates: readonly Update[];
  readonly names: ReadonlyMap<string, Sym>;
}

/**
 * Reads a document into a graph, then verifies it.
 * @throws SerializationError naming the node or the path in the document
 */
export function readDocument(document: unknown, graph: NodeTable, options: ReadOptions): ReadResult {
  const doc = parseDocument(document);
  const ops = new Map<string, AnyOp>([...primitives, ...options.ops].map((op) => [op.name, op]));
  const functions = new Map<string, Fn>();
  const reading = new Set<string>();
  const readFunction = (id: string): Fn => {
    const known = functions.get(id);
    if (known !== undefined) return known;
    const source = Object.hasOwn(doc.functions, id) ? doc.functions[id] : undefined;
    if (source === undefined) throw new GraphError(`there is no function '${id}'`);
    if (reading.has(id)) throw new GraphError(`function '${id}' contains itself`);
    reading.add(id);
    const body = new NodeTable();
    const { find } = readNodes(source.nodes, body, ops, readFunction, options);
    const fn = makeFn(
      body,
      source.parameters.map((p) => required(find(p), `a parameter of function '${id}'`, p)),
      source.results.map((r) => required(find(r), `a result of function '${id}'`, r)),
    );
    functions.set(id, fn);
    return fn;
  };
  const { find, names } = readNodes(doc.nodes, graph, ops, readFunction, options);
  const outputs = Object.fromEntries(
    Object.entries(doc.outputs).map(([name, r]) => [name, required(find(r), `output '${name}'`, r)]),
  );
  try {
    const updates = Object.entries(doc.updates).map(([name, r]) =>
      assign(required(names.get(name), 'an update', name), required(find(r), `the update of '${name}'`, r)),
    );
    requireOneUpdateEach(updates);
    verify([...Object.values(outputs), ...updates.map((u) => u.value)]);
    return { outputs, updates, names };
  } catch (e) {
    throw e instanceof SerializationError ? e : new SerializationError((e as Error).message, { cause: e });
  }
}

/** @throws SerializationError if `sym` is undefined, that is `reference` was not found */
function required(sym: Sym | undefined, where: string, reference: string): Sym {
  if (sym === undefined) throw new SerializationError(`${where} refers to '${reference}', which does not exist`);
  return sym;
}

/** Limits on the total number of outputs, a base and an allowance per node: a small document must not take much memory. */
const SPARE_VALUES = 100_000;
const VALUES_PER_NODE = 100;

function readNodes(
  docs: readonly ParsedNode[],
  graph: NodeTable,
  ops: ReadonlyMap<string, AnyOp>,
  readFunction: (id: string) => Fn,
  options: ReadOptions,
): { find: (reference: string) => Sym | undefined; names: ReadonlyMap<string, Sym> } {
  const nodes = new Map<string, readonly Sym[]>();
  const names = new Map<string, Sym>();
  let values = SPARE_VALUES;
  const find = (reference: string): Sym | undefined => {
    const whole = nodes.get(reference);
    if (whole !== undefined) return whole[0]!;
    const [, id = reference, output = '0'] = /^(.*):(\d+)$/s.exec(reference) ?? [];
    return nodes.get(id)?.[Number(output)];
  };
  for (const doc of docs) {
    const fail = (what: string, cause?: unknown): never => {
      throw new SerializationError(`node '${doc.id}' (${doc.op}): ${what}`, { node: doc.id, cause });
    };
    if (nodes.has(doc.id)) fail('the id is taken');
    const op = ops.get(doc.op) ?? fail(`there is no op '${doc.op}' among those that the document may use`);
    try {
      const { inputs, arity } = readInputs(
        op,
        doc.inputs,
        (r) => find(r) ?? fail(`it refers to '${r}', which is not defined before it`),
      );
      // the name of a placeholder or a variable defaults to the node's id
      const named = op === Placeholder || op === Variable ? { name: doc.id, ...doc.attrs } : doc.attrs;
      const attrs = parseAttrs(op.name, op.attrs, readAttrs(named, readFunction, options));
      const outputs = deriving(graph, undefined, () =>
        // no call site; constants are not interned, so that those written as different nodes stay different
        createNode(op, inputs, arity, attrs, op.nodes, op.traits.leaf === 'constant'),
      );
      values += VALUES_PER_NODE - outputs.length;
      if (values < 0) fail(`the document has too many values, ${outputs.length} here`);
      nodes.set(doc.id, outputs);
      for (const [name, output] of namesIn(doc, op, attrs)) {
        const sym = outputs[output] ?? fail(`it has no output ${output}`);
        if ((names.get(name) ?? sym) !== sym) fail(`the name '${name}' is taken`);
        names.set(name, sym);
        sym.node.addName(name, sym.output);
      }
    } catch (e) {
      if (e instanceof SerializationError) throw e;
      fail((e as Error).message, e);
    }
  }
  return { find, names };
}

/** The names of a node's outputs, each with the output's number. */
const namesIn = (doc: ParsedNode, op: AnyOp, attrs: Attrs): (readonly [string, number])[] => [
  ...(op === Placeholder || op === Variable ? [[attrs.name as string, 0] as const] : []),
  ...doc.names.map((name) => [name, 0] as const),
  ...Object.entries(doc.outputNames).flatMap(([k, list]) => list.map((name) => [name, Number(k)] as const)),
];

function readInputs(
  op: AnyOp,
  given: Readonly<Record<string, string | string[]>>,
  resolve: (r: string) => Sym,
): { inputs: Sym[]; arity: number[] | undefined } {
  const { slots } = op;
  for (const name of Object.keys(given)) {
    if (!slots.some((slot) => slot.name === name)) throw new GraphError(`it has no input '${name}'`);
  }
  const inputs: Sym[] = [];
  const arity = slots.map(({ name, kind }) => {
    const value = given[name];
    if (
      kind === 'variadic'
        ? !Array.isArray(value ?? [])
        : value === undefined
          ? kind === 'required'
          : typeof value !== 'string'
    ) {
      throw new GraphError(
        value === undefined
          ? `input '${name}' is missing`
          : `input '${name}' takes ${kind === 'variadic' ? 'a list' : 'one value'}`,
      );
    }
    const references = value === undefined ? [] : Array.isArray(value) ? value : [value];
    inputs.push(...references.map(resolve));
    return references.length;
  });
  return { inputs, arity: slots.every((slot) => slot.kind === 'required') ? undefined : arity };
}

function readAttrs(
  given: Readonly<Record<string, unknown>>,
  readFunction: (id: string) => Fn,
  options: ReadOptions,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return [name, value];
      if ('function' in value) return [name, readFunction(String(value.function))];
      if (name === 'init' && 'name' in value) return [name, readInitializer(value as { name: string }, options)];
      return [name, value];
    }),
  );
}

function readInitializer({ name, ...config }: { name: string }, options: ReadOptions): Initializer {
  if (name === 'literal') return literalFromConfig(config);
  const { initializers = {} } = options;
  const factory = Object.hasOwn(initializers, name) ? initializers[name] : undefined;
  if (factory === undefined)
    throw new GraphError(`there is no initializer '${name}' among those that the document may use`);
  return factory(config);
}
