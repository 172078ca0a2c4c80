import type { TfjsTarget } from '../target.ts';

export const target: TfjsTarget = { name: 'webgl', computes: () => true, rules: [] };
