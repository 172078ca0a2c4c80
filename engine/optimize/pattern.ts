/** Patterns of nodes, as data: what a fusion joins. */
import type { Node, Sym } from '../build/sym.ts';
import { fillValue } from '../primitives/fill.ts';

export interface NodePattern {
  /** The op's name; of several, any. */
  readonly op: string | readonly string[];
  /** What its inputs are, in order, of a commutative op in either order; where it is left out, anything. */
  readonly inputs?: readonly Pattern[] | undefined;
  /** For what is matched. */
  readonly as?: string;
  readonly when?: (node: Node) => boolean;
}
/** A value of some kind, whatever made it. */
export interface ValuePattern {
  readonly value: string;
  readonly when: (value: Sym) => boolean;
}
/** A node; a name, which stands for any value, and for the same one wherever it stands; or a number, which all elements are. */
export type Pattern = NodePattern | ValuePattern | string | number;

/** Values by the names in a pattern. */
export type Matched = Readonly<Record<string, Sym>>;

/** A node of the first output of an op. */
export const pattern = (
  op: NodePattern['op'],
  inputs?: readonly Pattern[],
  more: Pick<NodePattern, 'as' | 'when'> = {},
): NodePattern => ({ op, inputs, ...more });

/** The names of ops that a pattern's last node may have. */
export const opsOf = ({ op }: NodePattern): readonly string[] => (typeof op === 'string' ? [op] : op);

/**
 * What the names of a pattern stand for, if it ends with this node.
 * @param vanishes whether nothing else needs a node, so that it may become a part of another
 */
export const match = (wanted: NodePattern, node: Node, vanishes: (node: Node) => boolean): Matched | undefined =>
  matchNode(wanted, node, vanishes, {});

function matchNode(
  wanted: NodePattern,
  node: Node,
  vanishes: (node: Node) => boolean,
  matched: Matched,
): Matched | undefined {
  const { op, inputs: patterns, as, when } = wanted;
  const { name } = node.op; // asked of every node by every fusion: no list is made
  if (typeof op === 'string' ? op !== name : !op.includes(name)) return undefined;
  if (when?.(node) === false) return undefined;
  const bound = as === undefined ? matched : { ...matched, [as]: node.outputs[0]! };
  if (patterns === undefined) return bound;
  const inOrder = matchInputs(patterns, node.inputs, vanishes, bound);
  if (inOrder !== undefined || !node.op.traits.commutative) return inOrder;
  return matchInputs(patterns, [...node.inputs].reverse(), vanishes, bound);
}

function matchInputs(
  patterns: readonly Pattern[],
  inputs: readonly Sym[],
  vanishes: (node: Node) => boolean,
  matched: Matched,
): Matched | undefined {
  if (patterns.length !== inputs.length) return undefined;
  return patterns.reduce<Matched | undefined>(
    (bound, wanted, i) => bound && matchValue(wanted, inputs[i]!, vanishes, bound),
    matched,
  );
}

function matchValue(
  wanted: Pattern,
  value: Sym,
  vanishes: (node: Node) => boolean,
  matched: Matched,
): Matched | undefined {
  if (typeof wanted === 'number') return fillValue(value) === wanted ? matched : undefined;
  if (typeof wanted === 'string' || 'value' in wanted) {
    const name = typeof wanted === 'string' ? wanted : wanted.value;
    const isOther = (matched[name] ?? value) !== value || (typeof wanted !== 'string' && !wanted.when(value));
    return isOther ? undefined : { ...matched, [name]: value };
  }
  return value.output === 0 && vanishes(value.node) ? matchNode(wanted, value.node, vanishes, matched) : undefined;
}
