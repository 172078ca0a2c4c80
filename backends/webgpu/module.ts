/** Compute shaders on the GPU, through WebGPU: in browsers. */
import type { Availability } from '../../engine/index.ts';
import { TfjsBackend } from '../tfjs.ts';
import { computes } from './capabilities.ts';
import { boundRules, rules } from './rules.ts';

export const webgpu = new TfjsBackend({
  name: 'webgpu',
  load: () => import('@tensorflow/tfjs-backend-webgpu'),
  availability: findAdapter,
  synchronous: false,
  aliasesArrays: true,
  computes,
  rules,
  boundRules,
});

/** The part of WebGPU that is asked whether there is any: its types are not ours to bring to users. */
interface Gpu {
  requestAdapter(): Promise<{ readonly info?: { readonly vendor?: string; readonly architecture?: string } } | null>;
}

async function findAdapter(): Promise<Availability> {
  const gpu = typeof navigator === 'object' ? (navigator as { readonly gpu?: Gpu }).gpu : undefined;
  if (gpu === undefined)
    return {
      available: false,
      reason: 'there is no WebGPU here',
      remedy: 'use a current browser, and a page served by https or from localhost',
    };
  const adapter = await gpu.requestAdapter();
  if (adapter === null)
    return {
      available: false,
      reason: 'WebGPU finds no graphics adapter',
      remedy: 'enable hardware acceleration, or update the graphics driver',
    };
  const { vendor, architecture } = adapter.info ?? {};
  return { available: true, detail: ['WebGPU', vendor, architecture].filter(Boolean).join(' ') };
}
