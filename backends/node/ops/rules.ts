/** What tfjs-node lacks or computes otherwise, and what stands in for it. */
import type { LegalizeRule } from '../../../engine/index.ts';

export const rules: readonly LegalizeRule[] = [];
