/** Dead code: nodes that no output and no update depends on. */
import type { Node, Sym } from '../build/sym.ts';
import type { NodeTable } from '../build/table.ts';
import { Parameter } from '../primitives/parameter.ts';
import type { ProgramGraph } from './program-graph.ts';

export const removeDeadCode = (program: ProgramGraph): ProgramGraph => ({ ...program, kept: [] });

/** The graph's unused values, except those that depend on a Function's parameter: these can only be computed in its body. */
export function deadCode(graph: NodeTable): readonly Sym[] {
  const used = new Set<Node>();
  const parametric = new Set<Node>();
  for (const node of graph.nodes) {
    if (node.op === Parameter || node.inputs.some((s) => parametric.has(s.node))) parametric.add(node);
    else for (const s of node.inputs) used.add(s.node);
  }
  return graph.nodes.filter((node) => !used.has(node) && !parametric.has(node)).flatMap((node) => node.outputs);
}
