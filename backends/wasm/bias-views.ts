/** Biases under another shape: fused kernels look at the one that the bias's buffer was made under, which a view of it need not have. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { Kernel, KernelTensor } from '../../engine/index.ts';
import { bufferRank, floatsOf, outputOf } from './heap.ts';

const FUSED: readonly string[] = ['_FusedMatMul', 'FusedConv2D', 'FusedDepthwiseConv2D'];

/** The kernel of that name; a fused one takes a copy of a bias whose buffer is no vector. */
export function withBiasViews(name: string, kernel: Kernel, backend: KernelBackend): Kernel {
  if (!FUSED.includes(name)) return kernel;
  return (inputs, attrs) => {
    const { bias } = inputs as Readonly<Record<string, KernelTensor>>;
    if (bias === undefined || bufferRank(backend, bias) === 1) return kernel(inputs, attrs);
    const copy = outputOf(backend, bias.shape);
    floatsOf(backend, copy).set(floatsOf(backend, bias));
    try {
      return kernel({ ...inputs, bias: copy }, attrs);
    } finally {
      backend.disposeData(copy.dataId);
    }
  };
}
