/**
 * Algebraic simplification by each op's rules and traits. Values stay the same bit for bit, with two exceptions: products with a factor
 * outside the range of float32 (see docs/conventions.md, "The ends of float32"), and the order of summation in matrix products.
 */
import { attrsKey } from '../attr.ts';
import { NodeMap } from '../build/node-map.ts';
import { isSym, type Node, type Sym } from '../build/sym.ts';
import type { NodeTable } from '../build/table.ts';
import { lift } from '../op.ts';
import { BroadcastTo, broadcastShapes } from '../primitives/broadcast-to.ts';
import { Fill, isZeroCotangent, zeroCotangent } from '../primitives/fill.ts';
import { sameShape } from '../primitives/reshape.ts';
import { inputRecord } from '../slots.ts';
import type { DType, Shape } from '../types.ts';
import { keepingLegal } from './legalize.ts';
import { type ProgramGraph, rewriteProgram } from './program-graph.ts';
import { ofSameTypes } from './replacement.ts';
import type { LegalizeRule, Rewrite, Target } from './target.ts';

export const simplify = (program: ProgramGraph): ProgramGraph => rewriteProgram(program, simplifier(program.graph));

/**
 * Simplifies nodes of `graph` and of bodies that are legal: only by rewrites that keep the program legal. (Folding a transpose into a
 * matmul's flag is not one, on a target whose rules replace that flag by a transpose.)
 * @param rules the rules that legalized the nodes
 */
export const legalSimplifier = (graph: NodeTable, target: Target, rules: readonly LegalizeRule[]): Rewrite =>
  keepingLegal(target, rules, simplifier(graph));

/** Nodes that no rule changes: nodes are immutable, so one attempt is enough for all passes. */
const irreducibleNodes = new WeakMap<NodeTable, NodeMap<true>>();

/** The rewrite that simplifies nodes of `graph` and of bodies. Bodies are rebuilt by every pass, so only nodes of `graph` are cached. */
function simplifier(graph: NodeTable): (node: Node) => readonly Sym[] | undefined {
  const irreducible = irreducibleNodes.get(graph) ?? new NodeMap<true>();
  irreducibleNodes.set(graph, irreducible);
  return (node) => {
    if (node.inputs.length === 0 || irreducible.has(node)) return undefined;
    const simpler = annihilate(node) ?? collapse(node) ?? byOpRule(node) ?? withoutBroadcast(node);
    if (simpler === undefined && node.graph === graph) irreducible.set(node, true);
    return simpler;
  };
}

/** A product with the engine's zero cotangent is zero. */
function annihilate(node: Node): readonly Sym[] | undefined {
  const { linear } = node.op.traits;
  if (linear === undefined || node.outputs.length !== 1) return undefined;
  return node.arity === undefined &&
    node.inputs.some((s, i) => isZeroCotangent(s) && linear.includes(node.op.slots[i]!.name))
    ? [zeroCotangent(node.outputs[0]!)]
    : undefined;
}

const attrsOf = ({ op, attrs }: Node): string => attrsKey(op.attrs, attrs);

/** f(f(x)): x for an involution, f(x) for an idempotent op. */
function collapse(node: Node): readonly Sym[] | undefined {
  const inner = node.inputs[0]?.node;
  if (node.inputs.length !== 1 || inner?.op !== node.op || attrsOf(inner) !== attrsOf(node)) return undefined;
  if (node.op.traits.involution) return inner.inputs;
  return node.op.traits.idempotent ? inner.outputs : undefined;
}

/** The op's own rule. */
function byOpRule(node: Node): readonly Sym[] | undefined {
  const rule = node.op.definition.simplify;
  const result = rule?.(inputRecord(node.op, node.inputs, node.arity) as never, node.attrs as never);
  if (result === undefined) return undefined;
  const given = (Array.isArray(result) && !isSym(result) ? result : [result]).map((s) =>
    lift(s, node.outputs[0]!.dtype),
  );
  const outputs = ofSameTypes(node, given, `${node.op.name}.simplify`);
  return outputs.every((s, k) => s === node.outputs[k]) ? undefined : outputs;
}

/** The value that `s` broadcasts: a BroadcastTo's input, or a scalar for a Fill; else `s`. */
function unrepeated(s: Sym): Sym {
  if (s.node.op === BroadcastTo) return s.node.inputs[0]!;
  return s.node.op === Fill && s.rank > 0
    ? Fill.node({}, { ...(s.node.attrs as unknown as { value: number; dtype: DType; cotangent: boolean }), shape: [] })
    : s;
}

/** Removes broadcasts of inputs: an elementwise op broadcasts them itself. */
function withoutBroadcast(node: Node): readonly Sym[] | undefined {
  if (!node.op.traits.elementwise || node.inputs.length < 2 || node.arity !== undefined || node.outputs.length !== 1)
    return undefined;
  if (!node.inputs.some((s) => s.node.op === BroadcastTo || (s.node.op === Fill && s.rank > 0))) return undefined;
  const { shape } = node.outputs[0]!;
  // one at a time: a broadcast that gives the result its shape must stay
  const inputs = [...node.inputs];
  node.inputs.forEach((s, i) => {
    const narrow = unrepeated(s);
    if (narrow === s) return;
    inputs[i] = node.graph!.adopt(narrow);
    const narrowed = inputs.map((x) => x.shape).reduce<Shape>((a, b) => broadcastShapes(a, b), []);
    if (!sameShape(narrowed, shape)) inputs[i] = s;
  });
  if (inputs.every((s, i) => s === node.inputs[i])) return undefined;
  return node.graph!.intern(node.op, inputs, node.arity, node.attrs, node.outputs).outputs;
}
