/** What a backend tells the optimizer about itself, as data: what it supports, and the rules that replace the rest. */
import type { Node, Sym } from '../build/sym.ts';
import type { Matched, NodePattern } from './pattern.ts';

/**
 * A replacement of a node's outputs, or undefined to leave it as it is. `original` is the node before its inputs were rewritten.
 */
export type Rewrite = (node: Node, original: Node) => readonly Sym[] | Sym | undefined;

export interface LegalizeRule {
  readonly name: string;
  /** Why the backend needs it. */
  readonly reason: string;
  /** The op that it replaces; undefined: any. */
  readonly op?: string;
  readonly rewrite: (node: Node) => readonly Sym[] | Sym | undefined;
}

export interface FusionRule {
  readonly name: string;
  readonly reason: string;
  /** The nodes that become one, by the last of them. Nothing else uses the others. */
  readonly pattern: NodePattern;
  /** @param matched values by the names in the pattern */
  readonly rewrite: (matched: Matched, node: Node) => Sym | undefined;
}

export interface Target {
  /** The backend's name, for messages. */
  readonly name: string;
  /** Whether the backend has a kernel that computes this node, and computes it right. */
  readonly supports: (node: Node) => boolean;
  /** Applied while dims may be symbolic. */
  readonly rules: readonly LegalizeRule[];
  /** Applied when every dim is a number. */
  readonly boundRules: readonly LegalizeRule[];
  /** Several nodes in one kernel. */
  readonly fusions: readonly FusionRule[];
  /** Whether the backend runs programs whose dims are symbols; others get them with numbers. */
  readonly takesSymbols?: boolean;
  /** Kernels compute integers as floats, which hold them up to 2^24 only. */
  readonly integersAsFloats?: boolean;
}
