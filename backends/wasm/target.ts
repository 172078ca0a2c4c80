/** The wasm backend's target. */
import type { TfjsTarget } from '../target.ts';
import { computes } from './capabilities.ts';
import { boundRules, fusions, rules } from './rules.ts';

export const target: TfjsTarget = { name: 'wasm', computes, rules, boundRules, fusions };
