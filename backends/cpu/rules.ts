/** What tfjs's cpu backend lacks, computes wrongly or slowly, and what stands in for it. */
import type { LegalizeRule } from '../../engine/index.ts';

export const rules: readonly LegalizeRule[] = [];
