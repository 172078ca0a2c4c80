/** What the optimizer works on: outputs and updates over one node table. */
import type { Sym } from '../build/sym.ts';
import type { NodeTable } from '../build/table.ts';
import type { Update } from '../build/update.ts';
import { rewrite } from './rewrite.ts';
import type { Rewrite } from './target.ts';

export interface ProgramGraph {
  readonly graph: NodeTable;
  readonly outputs: Readonly<Record<string, Sym>>;
  readonly updates: readonly Update[];
  /** Further roots, which are computed and thrown away; none once dead code is removed. */
  readonly kept: readonly Sym[];
}

export const rootsOf = (program: ProgramGraph): readonly Sym[] => [
  ...Object.values(program.outputs),
  ...program.updates.flatMap((u) => [u.value, u.variable]),
  ...program.kept,
];

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

/** Rewrites the program within its graph, or into another. */
export const rewriteProgram = (program: ProgramGraph, rule: Rewrite, graph = program.graph): ProgramGraph =>
  withRoots(program, graph, rewrite(graph, rootsOf(program), rule));
