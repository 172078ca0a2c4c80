/** Patterns of nodes, as data: fusions match by them. */
import type { Node, Sym } from '../build/sym.ts';
import { fillValue } from '../primitives/fill.ts';

export interface NodePattern {
  /** The op's name, or several alternatives. */
  readonly op: string | readonly string[];
  /** Patterns of all inputs, in order (in either order for a commutative op); by default any inputs match. */
  readonly inputs?: readonly Pattern[] | undefined;
  /** A name for the matched node's first output. */
  readonly as?: string;
  readonly when?: (node: Node) => boolean;
}
/** A node; a name, which matches any value, and the same value at each occurrence; or a number, which matches a Fill with it. */
export interface ValuePattern {
  readonly value: string;
  readonly when: (value: Sym) => boolean;
}
/** A node; a name, which stands for any value, and for the same one wherever it stands; or a number, which all elements are. */
export type Pattern = NodePattern | ValuePattern | string | number;

/** Values by the names in a pattern. */
export type Matched = Readonly<Record<string, Sym>>;

/** A pattern of an op's first output. */
export const pattern = (
  op: NodePattern['op'],
  inputs?: readonly Pattern[],
  more: Pick<NodePattern, 'as' | 'when'> = {},
): NodePattern => ({ op, inputs, ...more });

/** The op names of a pattern's last node. */
export const opsOf = ({ op }: NodePattern): readonly string[] => (typeof op === 'string' ? [op] : op);

/**
 * Matches a pattern whose last node is `node`; undefined if it does not match.
 * @param hasOneUse whether nothing else uses a node, so that it may be fused into its user
 */
export const match = (wanted: NodePattern, node: Node, hasOneUse: (node: Node) => boolean): Matched | undefined =>
  matchNode(wanted, node, hasOneUse, {});

function matchNode(
  wanted: NodePattern,
  node: Node,
  hasOneUse: (node: Node) => boolean,
  matched: Matched,
): Matched | undefined {
  const { op, inputs: patterns, as, when } = wanted;
  const { name } = node.op; // runs for every node and fusion, so `opsOf` is not called: it would allocate
  if (typeof op === 'string' ? op !== name : !op.includes(name)) return undefined;
  if (when?.(node) === false) return undefined;
  const bound = as === undefined ? matched : { ...matched, [as]: node.outputs[0]! };
  if (patterns === undefined) return bound;
  const inOrder = matchInputs(patterns, node.inputs, hasOneUse, bound);
  if (inOrder !== undefined || !node.op.traits.commutative) return inOrder;
  return matchInputs(patterns, [...node.inputs].reverse(), hasOneUse, bound);
}

function matchInputs(
  patterns: readonly Pattern[],
  inputs: readonly Sym[],
  hasOneUse: (node: Node) => boolean,
  matched: Matched,
): Matched | undefined {
  if (patterns.length !== inputs.length) return undefined;
  return patterns.reduce<Matched | undefined>(
    (bound, wanted, i) => bound && matchValue(wanted, inputs[i]!, hasOneUse, bound),
    matched,
  );
}

function matchValue(
  wanted: Pattern,
  value: Sym,
  hasOneUse: (node: Node) => boolean,
  matched: Matched,
): Matched | undefined {
  if (typeof wanted === 'number') return fillValue(value) === wanted ? matched : undefined;
  if (typeof wanted === 'string' || 'value' in wanted) {
    const name = typeof wanted === 'string' ? wanted : wanted.value;
    const isOther = (matched[name] ?? value) !== value || (typeof wanted !== 'string' && !wanted.when(value));
    return isOther ? undefined : { ...matched, [name]: value };
  }
  const inner = value.output === 0 ? matchNode(wanted, value.node, hasOneUse, matched) : undefined;
  // last: few nodes match, and counting uses takes a walk through the program
  return inner !== undefined && hasOneUse(value.node) ? inner : undefined;
}
