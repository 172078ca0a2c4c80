/** The compiler's target for a tfjs backend. It does not load the backend, so a thread can compile for another thread's device. */
import { type FusionRule, type LegalizeRule, type Node, needsKernel, type Target } from '../engine/index.ts';
import { boundRules, commonRules } from './rules.ts';

/** The nodes that a backend computes, and the rules that replace the others. */
export interface TfjsTarget {
  readonly name: string;
  /** Whether its kernel computes this node correctly. Called only if it has a kernel of the op's name. */
  readonly computes: (node: Node) => boolean;
  readonly rules: readonly LegalizeRule[];
  /** Rules that need bound dims. */
  readonly boundRules?: readonly LegalizeRule[];
  readonly fusions?: readonly FusionRule[];
  /** Whether some kernels compute integers as float32. */
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
