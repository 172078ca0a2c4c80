/** Inlines Calls and StopGradients, which only matter to differentiation: gradients have been taken by now. */
import { loweringOf } from '../op.ts';
import { Call } from '../primitives/call.ts';
import { StopGradient } from '../primitives/stop-gradient.ts';
import { expand } from './expand.ts';
import { mayHold, type ProgramGraph, rewriteProgram } from './program-graph.ts';

export function inlineCalls(program: ProgramGraph): ProgramGraph {
  if (!mayHold(program, [Call.name, StopGradient.name])) return program;
  return rewriteProgram(program, (node) => {
    if (node.op !== Call && node.op !== StopGradient) return undefined;
    return expand(node, loweringOf(node.op, 'composite')!);
  });
}
