/** Fusing: several nodes become one kernel of the target, where what lies between them is used nowhere else. */

import { NodeMap } from '../build/node-map.ts';
import type { Node } from '../build/sym.ts';
import { keepingLegal } from './legalize.ts';
import { mayHold, nodesOf, type ProgramGraph, rewriteProgram, rootsOf } from './program-graph.ts';
import { ofSameTypes } from './replacement.ts';
import type { LegalizeRule, Target } from './target.ts';

/** @param rules those that the program was legalized by */
export function fuse(program: ProgramGraph, target: Target, rules: readonly LegalizeRule[]): ProgramGraph {
  if (
    !mayHold(
      program,
      target.fusions.map((rule) => rule.op),
    )
  )
    return program;
  const uses = new NodeMap<number>();
  const count = (node: Node): void => uses.set(node, (uses.get(node) ?? 0) + 1);
  for (const s of rootsOf(program)) count(s.node);
  for (const node of nodesOf(program)) for (const s of node.inputs) count(s.node);
  const fused = keepingLegal(program, target, rules, (node, original) => {
    for (const rule of target.fusions) {
      if (rule.op !== node.op.name) continue;
      // counted before anything was rewritten: hence by the original's inputs
      const result = rule.rewrite(node, (input) => uses.get(original.inputs[input]!.node) === 1);
      if (result !== undefined) return ofSameTypes(node, [result], `the fusion '${rule.name}'`);
    }
    return undefined;
  });
  return rewriteProgram(program, fused);
}
