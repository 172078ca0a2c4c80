/** Legalization rules for ops that tfjs's webgl backend lacks or computes wrongly. */
import type { LegalizeRule } from '../../engine/index.ts';
import { gpuRules } from '../gpu-rules.ts';

export const rules: readonly LegalizeRule[] = gpuRules;
