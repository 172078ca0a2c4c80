import type { TfjsTarget } from '../../target.ts';
import { convolutionRules } from '../rules.ts';
import { computes } from './capabilities.ts';

/** The rules are those of whole programs: TensorFlow's convolutions are the same. */
export const target: TfjsTarget = { name: 'node-ops', computes, rules: convolutionRules };
