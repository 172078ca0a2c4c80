import type { TfjsTarget } from '../target.ts';
import { computes } from './capabilities.ts';
import { boundRules, rules } from './rules.ts';

export const target: TfjsTarget = { name: 'webgpu', computes, rules, boundRules };
