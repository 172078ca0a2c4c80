/** Legalization: chooses a lowering for every node, and replaces nodes that the target lacks, or computes wrongly or slowly. */
import { NodeMap } from '../build/node-map.ts';
import { isSym, type Node, type Sym } from '../build/sym.ts';
import { toposort } from '../build/toposort.ts';
import { UnsupportedOpError } from '../errors.ts';
import { type Lowering, loweringOf } from '../op.ts';
import { Complex } from '../primitives/complex.ts';
import { inputRecord } from '../slots.ts';
import { expand } from './expand.ts';
import { type ProgramGraph, rewriteProgram } from './program-graph.ts';
import { ofSameTypes } from './replacement.ts';
import { splitComplex, storeRoots } from './split-complex.ts';
import type { LegalizeRule, Rewrite, Target } from './target.ts';

/** Whether a node needs a kernel of the backend: false for leaves, views, loops, and random ops, which the host computes. */
export const needsKernel = ({ op }: Node): boolean =>
  op.traits.leaf === undefined && !op.traits.view && !op.traits.random && loweringOf(op, 'loop') === undefined;

/** @throws UnsupportedOpError naming op, dtype, backend and the user's line */
export const legalize = (program: ProgramGraph, target: Target): ProgramGraph =>
  rewriteProgram(storeRoots(program), legalizer(target, [target.rules]));

/** Legalization with bound dims: the rules that need numbers, and again those of `legalize`. */
export const legalizerByNumbers = (target: Target): Rewrite => legalizer(target, [target.boundRules, target.rules]);

/** @param tables lists of rules, in order of precedence */
function legalizer(target: Target, tables: readonly (readonly LegalizeRule[])[]): Rewrite {
  const byOp = new Map<string, readonly LegalizeRule[]>();
  const rulesFor = (op: string): readonly LegalizeRule[] => {
    let rules = byOp.get(op);
    if (rules === undefined) {
      // rules for any op come first: they handle values without elements, so that other rules need not
      rules = tables.flatMap((table) => [undefined, op].flatMap((of) => table.filter((rule) => rule.op === of)));
      byOp.set(op, rules);
    }
    return rules;
  };
  return (node) => {
    if (node.op === Complex) return undefined; // dead once its users are split
    return splitComplex(node) ?? firstRewrite(rulesFor(node.op.name), node) ?? lower(node, target);
  };
}

/**
 * The rewrite of nodes that are legal, restricted to replacements that are.
 * @param rules the rules that legalized the program
 */
export function keepingLegal(target: Target, rules: readonly LegalizeRule[], rewrite: Rewrite): Rewrite {
  /** Nodes known to be legal; filled at the first replacement, since most programs have none. */
  let legal: NodeMap<true> | undefined;
  return (node, original) => {
    legal?.set(node, true);
    const result = rewrite(node, original);
    if (result === undefined) return undefined;
    const known = legal ?? new NodeMap<true>();
    if (legal === undefined) for (const n of toposort(node.outputs)) known.set(n, true);
    legal = known;
    const replacement = (isSym(result) ? [result] : result).map((s) => node.graph!.adopt(s));
    const added = toposort(replacement, (n) => known.has(n)).filter((n) => !known.has(n));
    if (!added.every((n) => isLegal(n, target, rules))) return undefined;
    for (const n of added) known.set(n, true);
    return replacement;
  };
}

/** Whether a node can stay as it is on this target: it needs no lowering, and no rule replaces it. */
const isLegal = (node: Node, target: Target, rules: readonly LegalizeRule[]): boolean =>
  staysAsItIs(node, loweringFor(node, target)) &&
  rules.every((rule) => (rule.op !== undefined && rule.op !== node.op.name) || rule.rewrite(node) === undefined);

function firstRewrite(rules: readonly LegalizeRule[], node: Node): readonly Sym[] | undefined {
  for (const rule of rules) {
    const result = rule.rewrite(node);
    if (result === undefined) continue;
    return ofSameTypes(node, isSym(result) ? [result] : result, `the rule '${rule.name}'`);
  }
  return undefined;
}

type AnyLowering = Lowering<readonly string[], unknown>;

/** The first of an op's lowerings that the target can run. Expressions do not count: no backend generates kernels yet. */
function loweringFor(node: Node, target: Target): AnyLowering | undefined {
  const alternatives = node.op.definition.lowering as readonly AnyLowering[];
  return alternatives.find(
    (l) => l.kind === 'composite' || (l.kind === 'kernel' && meansKernel(node, l) && target.supports(node)),
  );
}

/** Whether the kernel, where a backend has it, computes the op for these inputs and attributes. */
export const meansKernel = (node: Node, { when }: Extract<AnyLowering, { kind: 'kernel' }>): boolean =>
  when?.(record(node), node.attrs as never) ?? true;

const record = (node: Node) => inputRecord(node.op, node.inputs, node.arity) as never;

/** Whether a node needs no lowering, has a kernel, or has to wait for its dims to be bound. */
const staysAsItIs = (node: Node, lowering: AnyLowering | undefined): boolean =>
  !needsKernel(node) || lowering?.kind === 'kernel' || isWaiting(node, lowering);

const isWaiting = (node: Node, lowering: AnyLowering | undefined): boolean =>
  lowering?.kind === 'composite' && !isReady(node, lowering);

/** Whether a node can be expanded yet. */
export const isReady = (node: Node, { ready }: Extract<AnyLowering, { kind: 'composite' }>): boolean =>
  ready?.(record(node), node.attrs as never) ?? true;

/** Whether the target needs the node's composite, which can only be expanded with bound dims. */
export const waitsForNumbers = (node: Node, target: Target): boolean =>
  needsKernel(node) && isWaiting(node, loweringFor(node, target));

function lower(node: Node, target: Target): readonly Sym[] | undefined {
  if (!needsKernel(node)) return undefined;
  const lowering = loweringFor(node, target);
  if (staysAsItIs(node, lowering)) return undefined;
  if (lowering?.kind === 'composite') return expand(node, lowering);
  const dtypes = [...new Set(node.inputs.map((s) => s.dtype))].join(', ');
  throw new UnsupportedOpError(
    `${target.name} cannot run ${node.op.name} on ${dtypes || node.outputs[0]!.dtype}, and nothing replaces it there ('${node.label}')`,
    { node: node.label, site: node.site },
  );
}
