/** What the compiler has to know of a tfjs backend. Nothing here loads it, so that one thread can compile for the device of another. */
import { type FusionRule, type LegalizeRule, type Node, needsKernel, type Target } from '../engine/index.ts';
import { boundRules, commonRules } from './rules.ts';

/** What a backend computes, and what stands in for the rest. */
export interface TfjsTarget {
  readonly name: string;
  /** Whether its kernel of that name computes this node, and right. Asked only where there is a kernel. */
  readonly computes: (node: Node) => boolean;
  readonly rules: readonly LegalizeRule[];
  /** Rules that need numbers for dims. */
  readonly boundRules?: readonly LegalizeRule[];
  readonly fusions?: readonly FusionRule[];
  /** Kernels, not all of them maybe, compute integers as floats. */
  readonly integersAsFloats?: boolean;
}

/** @param hasKernel whether the backend has tfjs's kernel of that name */
export const targetOf = (
  { name, computes, rules, boundRules: own = [], fusions = [], integersAsFloats = false }: TfjsTarget,
  hasKernel: (name: string) => boolean,
): Target => ({
  name,
  supports: (node) =>
    !needsKernel(node) || node.op.name === 'BroadcastTo' || (hasKernel(node.op.name) && computes(node)),
  rules: [...rules, ...commonRules],
  boundRules: [...own, ...boundRules],
  fusions,
  integersAsFloats,
});
