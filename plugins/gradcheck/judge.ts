/** The judge: the engine on a backend in double precision, so that finite differences are accurate to eight digits. */
import type * as tf from '@tensorflow/tfjs-core';
import { computes } from '../../backends/cpu/capabilities.ts';
import { memoryOf } from '../../backends/cpu/memory.ts';
import { exactFunctions } from '../../backends/exact-functions.ts';
import { FILTER_GRADIENTS } from '../../backends/filter-gradients.ts';
import { isPoolingKernel } from '../../backends/pooling-kernels.ts';
import { type KernelWrapper, TfjsBackend } from '../../backends/tfjs.ts';
import { topK } from '../../backends/top-k-kernel.ts';
import { type Float64Tf, loadFloat64 } from './float64.ts';

export interface Judge {
  readonly backend: TfjsBackend;
  readonly tf: Float64Tf;
}

let loaded: Promise<Judge> | undefined;

/** @throws BackendError if its packages are missing */
export function loadJudge(): Promise<Judge> {
  loaded ??= makeJudge();
  return loaded;
}

/**
 * Makes a new judge.
 * @param wrapper wraps its kernels
 * @throws BackendError if its packages are missing
 */
export async function makeJudge(wrapper?: KernelWrapper): Promise<Judge> {
  const float64 = await loadFloat64();
  const backend = new TfjsBackend({
    name: 'cpu',
    load: async () => undefined,
    availability: async () => ({ available: true }),
    synchronous: true,
    aliasesArrays: true,
    // tfjs's kernels for gradients of filters are slow; its pooling kernels find no maximum in a window that holds only -Infinity. Both are
    // replaced by other ops
    computes: (node) => !FILTER_GRADIENTS.includes(node.op.name) && !isPoolingKernel(node.op.name) && computes(node),
    rules: [],
    ownKernels: [topK, ...exactFunctions(memoryOf, ['Sign'])],
    ...(wrapper && { wrapper }),
    tfjs: float64 as unknown as typeof tf,
  });
  await backend.start();
  return { backend, tf: float64 };
}

/** Converts data to double precision, for the judge. */
export const toDouble = (data: ArrayLike<number>): Float32Array => Float64Array.from(data) as unknown as Float32Array;
