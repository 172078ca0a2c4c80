/** What tfjs's webgl backend lacks or computes wrongly, and what stands in for it. */
import type { LegalizeRule } from '../../engine/index.ts';
import { gpuRules } from '../gpu-rules.ts';

export const rules: readonly LegalizeRule[] = gpuRules;
