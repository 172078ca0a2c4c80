/** Fusion: joins several nodes into one kernel of the target, if nothing else uses the intermediate values. */

import { regionsOf } from '../build/function.ts';
import { NodeMap } from '../build/node-map.ts';
import type { Node, Sym } from '../build/sym.ts';
import { keepingLegal } from './legalize.ts';
import { match, opsOf } from './pattern.ts';
import { mayHold, nodesOf, type ProgramGraph, rewriteProgram, rootsOf } from './program-graph.ts';
import { ofSameTypes } from './replacement.ts';
import type { LegalizeRule, Target } from './target.ts';

/** @param rules the rules that legalized the program: a fusion that one of them would replace is not made */
export function fuse(program: ProgramGraph, target: Target, rules: readonly LegalizeRule[]): ProgramGraph {
  const { fusions } = target;
  if (
    !mayHold(
      program,
      fusions.flatMap((rule) => opsOf(rule.pattern)),
    )
  )
    return program;
  let counted: NodeMap<number> | undefined;
  const uses = (): NodeMap<number> => {
    counted ??= usesIn(program);
    return counted;
  };
  // a node made by a fusion inherits the uses of the node that it replaces; nodes without a count are new ones with one use
  const hasOneUse = (node: Node): boolean => (uses().get(node) ?? 1) === 1;
  const inheritUses = (node: Node, original: Node): void => {
    if (node !== original) uses().set(node, (uses().get(node) ?? 0) + (uses().get(original) ?? 0));
  };
  const fused = keepingLegal(target, rules, (node, original) => {
    inheritUses(node, original);
    for (const rule of fusions) {
      const matched = match(rule.pattern, node, hasOneUse);
      const result = matched && rule.rewrite(matched, node);
      if (result === undefined) continue;
      inheritUses(result.node, original);
      return ofSameTypes(node, [result], `the fusion '${rule.name}'`);
    }
    return undefined;
  });
  return rewriteProgram(program, fused);
}

/** The number of uses of each node, as an input or as a result of its region. */
function usesIn(program: ProgramGraph): NodeMap<number> {
  const uses = new NodeMap<number>();
  const count = ({ node }: Sym): void => uses.set(node, (uses.get(node) ?? 0) + 1);
  for (const { nodes, results } of regionsOf(nodesOf(program), rootsOf(program))) {
    results.forEach(count);
    for (const node of nodes) node.inputs.forEach(count);
  }
  return uses;
}
