/** Fusing: several nodes become one kernel of the target, where what lies between them is used nowhere else. */

import { regionsOf } from '../build/function.ts';
import { NodeMap } from '../build/node-map.ts';
import type { Node, Sym } from '../build/sym.ts';
import { keepingLegal } from './legalize.ts';
import { match, opsOf } from './pattern.ts';
import { mayHold, nodesOf, type ProgramGraph, rewriteProgram, rootsOf } from './program-graph.ts';
import { ofSameTypes } from './replacement.ts';
import type { LegalizeRule, Target } from './target.ts';

/** @param rules those that the program was legalized by */
export function fuse(program: ProgramGraph, target: Target, rules: readonly LegalizeRule[]): ProgramGraph {
  const { fusions } = target;
  if (
    !mayHold(
      program,
      fusions.flatMap((rule) => opsOf(rule.pattern)),
    )
  )
    return program;
  const uses = usesIn(program);
  // what a fusion has made is used where what it replaces was, and what is within it by itself alone
  const vanishes = (node: Node): boolean => (uses.get(node) ?? 1) === 1;
  const replaces = (node: Node, original: Node): void => {
    if (node !== original) uses.set(node, (uses.get(node) ?? 0) + (uses.get(original) ?? 0));
  };
  const fused = keepingLegal(program, target, rules, (node, original) => {
    replaces(node, original);
    for (const rule of fusions) {
      const matched = match(rule.pattern, node, vanishes);
      const result = matched && rule.rewrite(matched, node);
      if (result === undefined) continue;
      replaces(result.node, original);
      return ofSameTypes(node, [result], `the fusion '${rule.name}'`);
    }
    return undefined;
  });
  return rewriteProgram(program, fused);
}

/** How often each node is used: as an input, or as a result, of the program or of the body that it is in. */
function usesIn(program: ProgramGraph): NodeMap<number> {
  const uses = new NodeMap<number>();
  const count = ({ node }: Sym): void => uses.set(node, (uses.get(node) ?? 0) + 1);
  for (const { nodes, results } of regionsOf(nodesOf(program), rootsOf(program))) {
    results.forEach(count);
    for (const node of nodes) node.inputs.forEach(count);
  }
  return uses;
}
