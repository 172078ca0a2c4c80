/** Legalizing: chooses a lowering for every node, and replaces what the target lacks, computes wrongly or slowly. */
import { NodeMap } from '../build/node-map.ts';
import { isSym, type Node, type Sym } from '../build/sym.ts';
import { toposort } from '../build/toposort.ts';
import { UnsupportedOpError } from '../errors.ts';
import { type Lowering, loweringOf } from '../op.ts';
import { Complex } from '../primitives/complex.ts';
import { inputRecord } from '../slots.ts';
import { expand } from './expand.ts';
import { nodesOf, type ProgramGraph, rewriteProgram } from './program-graph.ts';
import { ofSameTypes } from './replacement.ts';
import { holdRoots, splitComplex } from './split-complex.ts';
import type { LegalizeRule, Rewrite, Target } from './target.ts';

/** Whether a node needs a kernel of the backend: not a leaf, a view, a loop, or a draw that the host makes. */
export const needsKernel = ({ op }: Node): boolean =>
  op.traits.leaf === undefined && !op.traits.view && !op.traits.random && loweringOf(op, 'loop') === undefined;

/** @throws UnsupportedOpError naming op, dtype, backend and the user's line */
export const legalize = (program: ProgramGraph, target: Target): ProgramGraph =>
  rewriteProgram(holdRoots(program), legalizer(target, [target.rules]));

/** The rules that need numbers, applied when dims are bound. */
export const legalizeBound = (program: ProgramGraph, target: Target): ProgramGraph =>
  rewriteProgram(program, legalizer(target, [target.boundRules, target.rules]));

/** @param tables lists of rules, of which the first that applies wins */
function legalizer(target: Target, tables: readonly (readonly LegalizeRule[])[]): Rewrite {
  const byOp = new Map<string, readonly LegalizeRule[]>();
  const rulesFor = (op: string): readonly LegalizeRule[] => {
    let rules = byOp.get(op);
    if (rules === undefined) {
      // rules of any op come first: where there is nothing to compute, no other needs to know
      rules = tables.flatMap((table) => [undefined, op].flatMap((of) => table.filter((rule) => rule.op === of)));
      byOp.set(op, rules);
    }
    return rules;
  };
  return (node) => {
    if (node.op === Complex) return undefined; // vanishes with the last of those that take it
    return splitComplex(node) ?? firstRewrite(rulesFor(node.op.name), node) ?? lower(node, target);
  };
}

/** The rewrite, without the replacements that are not legal. @param rules those that the program was legalized by */
export function keepingLegal(
  program: ProgramGraph,
  target: Target,
  rules: readonly LegalizeRule[],
  rewrite: Rewrite,
): Rewrite {
  /** Nodes that are known to be legal; made for the first replacement, which most programs never see. */
  let legal: NodeMap<true> | undefined;
  return (node, original) => {
    legal?.set(node, true);
    const result = rewrite(node, original);
    if (result === undefined) return undefined;
    const known = legal ?? new NodeMap<true>();
    if (legal === undefined) for (const n of [...nodesOf(program), node]) known.set(n, true);
    legal = known;
    const replacement = (isSym(result) ? [result] : result).map((s) => node.graph!.adopt(s));
    const added = toposort(replacement, (n) => known.has(n)).filter((n) => !known.has(n));
    if (!added.every((n) => isLegal(n, target, rules))) return undefined;
    for (const n of added) known.set(n, true);
    return replacement;
  };
}

/** Whether a node may stay as it is on this target, after these rules. */
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

/** The first of an op's lowerings that the target can run. An expression is not one: no backend generates kernels yet. */
function loweringFor(node: Node, target: Target): AnyLowering | undefined {
  const alternatives = node.op.definition.lowering as readonly AnyLowering[];
  return alternatives.find(
    (l) => l.kind === 'composite' || (l.kind === 'kernel' && meansKernel(node, l) && target.supports(node)),
  );
}

/** Whether an op with these inputs and attributes is what its kernel computes, wherever there is one. */
export const meansKernel = (node: Node, { when }: Extract<AnyLowering, { kind: 'kernel' }>): boolean =>
  when?.(record(node), node.attrs as never) ?? true;

const record = (node: Node) => inputRecord(node.op, node.inputs, node.arity) as never;

/** Whether a node needs no lowering, is a kernel's, or has to wait for its dims to be bound. */
const staysAsItIs = (node: Node, lowering: AnyLowering | undefined): boolean =>
  !needsKernel(node) || lowering?.kind === 'kernel' || isWaiting(node, lowering);

const isWaiting = (node: Node, lowering: AnyLowering | undefined): boolean =>
  lowering?.kind === 'composite' && !isReady(node, lowering);

/** Whether a node can be expanded yet. */
export const isReady = (node: Node, { ready }: Extract<AnyLowering, { kind: 'composite' }>): boolean =>
  ready?.(record(node), node.attrs as never) ?? true;

/** Whether a node is to be a composite on this target, which needs numbers for dims. */
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
