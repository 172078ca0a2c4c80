import { gpuRules } from '../gpu-rules.ts';
import { gpuTarget } from '../gpu-target.ts';
import { computes } from './capabilities.ts';

export const target = gpuTarget({ name: 'webgl', computes, rules: gpuRules });
