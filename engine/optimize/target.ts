/** What a backend tells the optimizer about itself, as data: what it supports, and the rules that replace the rest. */
import type { Node, Sym } from '../build/sym.ts';

/** A replacement of a node's outputs, or undefined to leave it as it is. */
export type Rewrite = (node: Node) => readonly Sym[] | Sym | undefined;

export interface LegalizeRule {
  readonly name: string;
  /** Why the backend needs it. */
  readonly reason: string;
  /** The op that it replaces; undefined: any. */
  readonly op?: string;
  readonly rewrite: Rewrite;
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
}
