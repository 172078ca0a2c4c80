/** Algebraic simplification: each op's own rules, and what follows from traits. Values stay bit for bit what they were. */
import { type Node, type Sym, isSym } from '../build/sym.ts';
import { toposort } from '../build/toposort.ts';
import { lift } from '../op.ts';
import { BroadcastTo, broadcastShapes } from '../primitives/broadcast-to.ts';
import { isZeroCotangent, zeroCotangent } from '../primitives/fill.ts';
import { sameShape } from '../primitives/reshape.ts';
import { inputRecord } from '../slots.ts';
import type { Shape } from '../types.ts';
import { isLegal } from './legalize.ts';
import { type ProgramGraph, rewriteProgram } from './program-graph.ts';
import type { Target } from './target.ts';

export const simplify = (program: ProgramGraph): ProgramGraph => rewriteProgram(program, simplifyNode);

/**
 * Simplification after legalizing: only what leaves the program legal. (A transpose folded into a matmul's flag is simpler, but not
 * for a target that has just taken the flag apart.)
 */
export const simplifyLegal = (program: ProgramGraph, target: Target): ProgramGraph =>
  rewriteProgram(program, (node) => {
    const known = node.graph!.nodes.length;
    const replacement = simplifyNode(node)?.map((s) => node.graph!.adopt(s));
    const isNew = (n: Node): boolean => n.id >= known;
    return replacement && toposort(replacement, (n) => !isNew(n)).every((n) => !isNew(n) || isLegal(n, target)) ? replacement : undefined;
  });

function simplifyNode(node: Node): readonly Sym[] | undefined {
  return annihilate(node) ?? undo(node) ?? own(node) ?? withoutBroadcast(node);
}

/** A product with the engine's zero cotangent is zero. */
function annihilate(node: Node): readonly Sym[] | undefined {
  const { linear } = node.op.traits;
  if (linear === undefined || node.outputs.length !== 1) return undefined;
  const isLinear = (i: number): boolean => linear.includes(node.op.slots[i]!.name);
  return node.arity === undefined && node.inputs.some((s, i) => isLinear(i) && isZeroCotangent(s)) ? [zeroCotangent(node.outputs[0]!)] : undefined;
}

/** f(f(x)): x for an involution, f(x) for an idempotent op. */
function undo(node: Node): readonly Sym[] | undefined {
  const inner = node.inputs[0]?.node;
  if (node.inputs.length !== 1 || inner?.op !== node.op) return undefined;
  if (node.op.traits.involution) return inner.inputs;
  return node.op.traits.idempotent ? inner.outputs : undefined;
}

function own(node: Node): readonly Sym[] | undefined {
  const result = node.op.definition.simplify?.(inputRecord(node.op, node.inputs, node.arity) as never, node.attrs as never);
  if (result === undefined) return undefined;
  const outputs = (Array.isArray(result) && !isSym(result) ? result : [result]).map((s) => lift(s, node.outputs[0]!.dtype));
  return outputs.every((s, k) => s === node.outputs[k]) ? undefined : outputs;
}

/** An elementwise op broadcasts its inputs itself. */
function withoutBroadcast(node: Node): readonly Sym[] | undefined {
  if (!node.op.traits.elementwise || node.inputs.length < 2 || node.arity !== undefined || node.outputs.length !== 1) return undefined;
  if (!node.inputs.some((s) => s.node.op === BroadcastTo)) return undefined;
  const { shape } = node.outputs[0]!;
  // one at a time: the last that gives the result its shape must stay
  const inputs = [...node.inputs];
  node.inputs.forEach((s, i) => {
    if (s.node.op !== BroadcastTo) return;
    inputs[i] = s.node.inputs[0]!;
    const narrowed = inputs.map((x) => x.shape).reduce<Shape>((a, b) => broadcastShapes(a, b), []);
    if (!sameShape(narrowed, shape)) inputs[i] = s;
  });
  if (inputs.every((s, i) => s === node.inputs[i])) return undefined;
  return node.graph!.intern(node.op, inputs, node.arity, node.attrs, node.outputs).outputs;
}
