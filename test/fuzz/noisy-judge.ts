/**
 * The engine in double precision, and the same with the errors that single precision makes: what moves when every kernel's results are
 * rounded, and a little off, is nothing that a backend can be held to.
 */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { memoryOf } from '../../backends/cpu/memory.ts';
import type { Backend, Kernel, KernelTensor } from '../../engine/index.ts';
import { makeJudge } from '../../plugins/gradcheck/judge.ts';

export interface Noise {
  readonly seed: number;
  /** Relative errors are up to it. */
  readonly size: number;
}

export interface NoisyJudge {
  readonly backend: Backend & { memory(): { readonly buffers: number } };
  /** What is run meanwhile has noise. */
  withNoise<T>(noise: Noise, work: () => T): T;
}

/** Above it, what single precision keeps is lost. */
const SINGLE = 1e-8;

/** The same for equal values, so that ties stay ties. */
export function disturb(values: Float32Array, { seed, size }: Noise): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const draw =
      Math.sin(12.9898 * seed + 78.233 * (value % 1) + 37.719 * Math.log2(Math.abs(value) + 1e-9)) * 43758.5453;
    const moved = value * (1 + size * (2 * (draw - Math.floor(draw)) - 1));
    values[i] = Number.isFinite(value) ? (size > SINGLE ? Math.fround(moved) : moved) : value;
  }
}

export async function loadNoisyJudge(): Promise<NoisyJudge> {
  let noise: Noise | undefined;
  const noisy = (_: string, kernel: Kernel, backend: KernelBackend): Kernel => {
    const memory = memoryOf(backend);
    return (inputs, attrs) => {
      const result = kernel(inputs, attrs);
      if (noise === undefined) return result;
      const given = new Set(Object.values(inputs).map(({ dataId }: KernelTensor) => dataId));
      for (const made of Array.isArray(result) ? (result as KernelTensor[]) : [result as KernelTensor])
        if (made.dtype === 'float32' && !given.has(made.dataId)) disturb(memory.floats(made), noise);
      return result;
    };
  };
  const { backend } = await makeJudge(noisy);
  return {
    backend,
    withNoise(own, work) {
      noise = own;
      try {
        return work();
      } finally {
        noise = undefined;
      }
    },
  };
}
