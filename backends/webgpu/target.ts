/** The webgpu backend's target. */
import { biasOfConvolution, biasOfProduct } from '../bias-fusions.ts';
import { gpuLongReductionRules } from '../gpu-long-reductions.ts';
import type { TfjsTarget } from '../target.ts';
import { computes } from './capabilities.ts';
import { rules } from './rules.ts';

export const target: TfjsTarget = {
  name: 'webgpu',
  computes,
  rules,
  boundRules: gpuLongReductionRules,
  fusions: [biasOfProduct, biasOfConvolution],
  integersAsFloats: true,
};
