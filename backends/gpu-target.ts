/** What webgl and webgpu are to the compiler, alike but for some kernels and rules. */
import { biasOfConvolution, biasOfProduct } from './bias-fusions.ts';
import { gpuLongReductionRules } from './gpu-long-reductions.ts';
import type { TfjsTarget } from './target.ts';

export const gpuTarget = (own: Pick<TfjsTarget, 'name' | 'computes' | 'rules'>): TfjsTarget => ({
  ...own,
  boundRules: gpuLongReductionRules,
  fusions: [biasOfProduct, biasOfConvolution],
  integersAsFloats: true,
});
