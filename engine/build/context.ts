/**
 * What surrounds the making of a node, and would otherwise be a parameter of every builder: the graph that a node without
 * inputs goes to, the node that it is derived from, and the checks that shape inference leaves for later.
 */
import { compareDims, type Dim, formatDim, mayEqual } from '../dim/index.ts';
import { GraphError, ShapeError } from '../errors.ts';
import type { Entered } from './callsite.ts';
import type { DimCheck, Node } from './sym.ts';
import type { NodeTable } from './table.ts';

/** An exposed function (see expose.ts) that a user has called. */
interface Call {
  /** As they call it: `matMul`. */
  readonly name: string;
  /** What is on the stack: the frame below it is the user's. */
  readonly exposed: Entered;
  /** Whether it takes no Sym, nor an object that may hold some: the constants that it makes are things of the user's own. */
  readonly makes: boolean;
}

interface Context {
  /** The call of a user's that is under way. */
  call: Call | undefined;
  /** The function of an op that was called last: below it is the line of who makes nodes without an exposed function. */
  entered: Entered;
  graph: NodeTable | undefined;
  origin: Node | undefined;
  /** True inside the engine's own rewriting: no call site is captured. */
  derived: boolean;
  /** What shape inference of the present node left open. */
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

/** What a refusal is about: the function that the user called, or inside of the engine's own work the op. */
export const calledAs = (op: string): string => (context.call && !context.derived ? context.call.name : op);

/** The graph that nodes without inputs go to: inside of `graph.scope`, that one. */
export const surroundings = (): NodeTable | undefined => context.graph;

/** Leaves a check for when dims are bound. */
function openCheck(check: DimCheck): void {
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

/** Runs a function of the user's own, which they have handed to an exposed one: what it calls has lines of its own. */
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
 * What a function that is handed in gave, which has to have built all of it by now: surroundings end with the call.
 * @throws GraphError for a promise
 */
export function atOnce<T>(what: string, result: T): T {
  if (typeof (result as { then?: unknown } | undefined)?.then !== 'function') return result;
  // nobody else will hear of what it comes to
  Promise.resolve(result).catch(() => undefined);
  throw new GraphError(
    `${what}: the function is async, and what it builds after an await would lie outside; await before, and build at once`,
  );
}

/** Runs `build` as the user's own code, in `graph`: nodes get their call sites. */
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
 * For shape inference: requires two dims to be equal. What is not decided becomes a check when dims are bound. What the engine derives
 * may rest on checks that the user's nodes have left open: there, dims of different names may be equal.
 * @throws ShapeError where they provably differ
 */
export function requireEqual(a: Dim, b: Dim, what: string): void {
  if (a === b) return;
  if (context.derived ? !mayEqual(a, b) : compareDims(a, b) === 'different') {
    const symbolic = typeof a !== 'number' && typeof b !== 'number';
    const hint = symbolic ? `; if they are the same size, give both one name, such as ${formatDim(a)}` : '';
    throw new ShapeError(`${what}: ${formatDim(a)} and ${formatDim(b)} differ${hint}`);
  }
  openCheck({ kind: 'equal', a, b, what });
}

/** For shape inference: requires `a >= b`. @throws ShapeError where both are numbers and it does not hold */
export function requireAtLeast(a: Dim, b: Dim, what: string): void {
  if (typeof a === 'number' && typeof b === 'number') {
    if (a < b) throw new ShapeError(`${what}: ${a} is less than ${b}`);
  } else if (a !== b) openCheck({ kind: 'atLeast', a, b, what });
}
