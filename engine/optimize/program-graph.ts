/** The optimizer's representation of a program: outputs and updates over one node table. */
import type { Node, Sym } from '../build/sym.ts';
import type { NodeTable } from '../build/table.ts';
import { toposort } from '../build/toposort.ts';
import type { Update } from '../build/update.ts';
import { type Copying, rewrite } from './rewrite.ts';
import type { Rewrite } from './target.ts';

export interface ProgramGraph {
  /** The table that rewriting works in. Nodes of another table move to it when they are first rewritten. */
  readonly graph: NodeTable;
  readonly outputs: Readonly<Record<string, Sym>>;
  readonly updates: readonly Update[];
  /** Further roots, which are computed but not returned; empty once dead code is removed. */
  readonly kept: readonly Sym[];
}

export function rootsOf({ outputs, updates, kept }: ProgramGraph): readonly Sym[] {
  const roots = Object.values(outputs);
  for (const { value, variable } of updates) roots.push(value, variable);
  return roots.concat(kept);
}

const orders = new WeakMap<ProgramGraph, readonly Node[]>();

/** All nodes that the roots depend on, inputs before users. */
export function nodesOf(program: ProgramGraph): readonly Node[] {
  const order = orders.get(program) ?? toposort(rootsOf(program));
  orders.set(program, order);
  return order;
}

/** The program with its roots, in the order of `rootsOf`, replaced. */
export function withRoots(program: ProgramGraph, graph: NodeTable, roots: readonly Sym[]): ProgramGraph {
  if (graph === program.graph && rootsOf(program).every((s, i) => s === roots[i])) return program;
  const names = Object.keys(program.outputs);
  const { updates } = program;
  return {
    graph,
    outputs: Object.fromEntries(names.map((name, i) => [name, roots[i]!])),
    updates: updates.map((_, i) => ({
      value: roots[names.length + 2 * i]!,
      variable: roots[names.length + 2 * i + 1]!,
    })),
    kept: roots.slice(names.length + 2 * updates.length),
  };
}

/** Rewrites the program in its table, or into `graph`. */
export const rewriteProgram = (
  program: ProgramGraph,
  rule: Rewrite,
  graph = program.graph,
  copying?: Copying,
): ProgramGraph =>
  withRoots(program, graph, rewrite(graph, rootsOf(program), rule, { copying, order: nodesOf(program) }));

/** The table that holds the program's nodes. */
function holderOf({ outputs, updates, kept, graph }: ProgramGraph): NodeTable {
  const [output] = Object.keys(outputs);
  const root = output === undefined ? (updates[0]?.value ?? kept[0]) : outputs[output];
  return root?.node.graph ?? graph;
}

/** The program with all its nodes moved to its table. */
export const moveIn = (program: ProgramGraph): ProgramGraph =>
  holderOf(program) === program.graph ? program : rewriteProgram(program, () => undefined);

/** Whether a node of one of these ops may be in the program or in the body of a Function. */
export const mayHold = (program: ProgramGraph, ops: readonly string[]): boolean => holderOf(program).mayHold(ops);
