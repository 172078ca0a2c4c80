import type { TfjsTarget } from '../../target.ts';
import { computes } from './capabilities.ts';
import { rules } from './rules.ts';

export const target: TfjsTarget = { name: 'node-ops', computes, rules };
