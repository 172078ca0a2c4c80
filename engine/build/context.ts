/**
 * Ambient state of graph construction, which would otherwise be a parameter of every builder: the graph for nodes without inputs,
 * the origin of derived nodes, and the checks that shape inference defers.
 */
import { compareDims, type Dim, formatDim, mayEqual } from '../dim/index.ts';
import { GraphError, ShapeError } from '../errors.ts';
import type { Entered } from './callsite.ts';
import type { DimCheck, Node } from './sym.ts';
import type { NodeTable } from './table.ts';

/** A user's call of an exposed function (see expose.ts). */
interface Call {
  /** The exported name: `matMul`. */
  readonly name: string;
  /** The function that is on the stack; the frame below it is the user's. */
  readonly exposed: Entered;
  /** Whether no argument can hold a Sym: constants made by such a call are the user's, and are not interned. */
  readonly makes: boolean;
}

interface Context {
  /** The user's current call. */
  call: Call | undefined;
  /** The op function called last: the frame below it is the call site when no exposed function was called. */
  entered: Entered;
  graph: NodeTable | undefined;
  origin: Node | undefined;
  /** True while the engine itself builds nodes: no call site is captured. */
  derived: boolean;
  /** Checks that shape inference of the current node has deferred. */
  checks: DimCheck[] | undefined;
}
export const context: Context = {
  call: undefined,
  entered: () => undefined,
  graph: undefined,
  origin: undefined,
  derived: false,
  checks: undefined,
};

/** The name that an error starts with: the function that the user called, or the op while the engine builds nodes. */
export const calledAs = (op: string): string => (context.call && !context.derived ? context.call.name : op);

/** The graph for nodes without inputs: inside `graph.scope`, that graph. */
export const surroundings = (): NodeTable | undefined => context.graph;

/** Defers a check until dims are bound. */
function deferCheck(check: DimCheck): void {
  context.checks ??= [];
  context.checks.push(check);
}

/** Runs `build` with nodes derived from `origin`, in `graph`. */
export function deriving<T>(graph: NodeTable | undefined, origin: Node | undefined, build: () => T): T {
  const { graph: g, origin: o, derived: d } = context;
  context.graph = graph;
  context.origin = origin;
  context.derived = true;
  try {
    return build();
  } finally {
    context.graph = g;
    context.origin = o;
    context.derived = d;
  }
}

/** Runs a callback that the user passed to an exposed function: calls inside it get their own call sites. */
export function apart<T>(f: () => T): T {
  const { call } = context;
  context.call = undefined;
  try {
    return f();
  } finally {
    context.call = call;
  }
}

/**
 * The result of a user's callback, required to be synchronous: the ambient graph and scope end when the callback returns.
 * @throws GraphError for a promise
 */
export function atOnce<T>(what: string, result: T): T {
  if (typeof (result as { then?: unknown } | undefined)?.then !== 'function') return result;
  // the promise is dropped here: without a handler, a rejection would end the process
  Promise.resolve(result).catch(() => undefined);
  throw new GraphError(
    `${what}: the function is async, and nodes built after an await would not belong to it; await first, then build synchronously`,
  );
}

/** Runs `build` with `graph` as the ambient graph; unlike `deriving`, nodes get call sites. */
export function building<T>(graph: NodeTable | undefined, build: () => T): T {
  const { graph: g } = context;
  context.graph = graph;
  try {
    return build();
  } finally {
    context.graph = g;
  }
}

/**
 * For shape inference: requires two dims to be equal. Where this cannot be decided, it is checked when dims are bound. Derived nodes may
 * rely on checks that the user's nodes deferred, so for them dims of different names may be equal.
 * @throws ShapeError if they provably differ
 */
export function requireEqual(a: Dim, b: Dim, what: string): void {
  if (a === b) return;
  if (context.derived ? !mayEqual(a, b) : compareDims(a, b) === 'different') {
    const symbolic = typeof a !== 'number' && typeof b !== 'number';
    const hint = symbolic ? `; if they are the same size, give both one name, such as ${formatDim(a)}` : '';
    throw new ShapeError(`${what}: ${formatDim(a)} and ${formatDim(b)} differ${hint}`);
  }
  deferCheck({ kind: 'equal', a, b, what });
}

/** For shape inference: requires `a >= b`, now or when dims are bound. @throws ShapeError if both are numbers and `a < b` */
export function requireAtLeast(a: Dim, b: Dim, what: string): void {
  if (typeof a === 'number' && typeof b === 'number') {
    if (a < b) throw new ShapeError(`${what}: ${a} is less than ${b}`);
  } else if (a !== b) deferCheck({ kind: 'atLeast', a, b, what });
}
