/** The target of the op-by-op backend. */
import type { TfjsTarget } from '../../target.ts';
import { convolutionRules } from '../rules.ts';
import { computes } from './capabilities.ts';

/** It shares the rules for convolutions with whole programs. */
export const target: TfjsTarget = { name: 'node-ops', computes, rules: convolutionRules };
