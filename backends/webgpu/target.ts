import { gpuTarget } from '../gpu-target.ts';
import { computes } from './capabilities.ts';
import { rules } from './rules.ts';

export const target = gpuTarget({ name: 'webgpu', computes, rules });
