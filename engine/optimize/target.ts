/** A backend as a target of the optimizer: the nodes that it supports, and the rules that replace the others. */
import type { Node, Sym } from '../build/sym.ts';
import type { Matched, NodePattern } from './pattern.ts';

/** Returns a replacement of a node's outputs, or undefined to keep the node. `original` is the node before its inputs were rewritten. */
export type Rewrite = (node: Node, original: Node) => readonly Sym[] | Sym | undefined;

export interface LegalizeRule {
  readonly name: string;
  /** Why the backend needs it. */
  readonly reason: string;
  /** The op that it replaces; by default any op. */
  readonly op?: string;
  readonly rewrite: (node: Node) => readonly Sym[] | Sym | undefined;
}

export interface FusionRule {
  readonly name: string;
  readonly reason: string;
  /** The nodes to fuse, as a pattern of the last one. The others match only if they have no other use. */
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
  /** Rules that join several nodes into one kernel. */
  readonly fusions: readonly FusionRule[];
  /** Whether the backend runs programs with symbolic dims; by default it gets programs with bound dims only. */
  readonly takesSymbols?: boolean;
  /** Whether kernels compute integers as float32, which is exact up to 2^24 only. */
  readonly integersAsFloats?: boolean;
}
