/** Biases under another shape: fused kernels look at the one that the bias's buffer was made under, which a view of it need not have. */
import type { OwnKernel } from '../own-kernels.ts';
import { bufferRank, floatsOf, outputOf } from './heap.ts';

const FUSED: readonly string[] = ['_FusedMatMul', 'FusedConv2D', 'FusedDepthwiseConv2D'];

/** A copy of a bias whose buffer is no vector. */
export const biasViews: readonly OwnKernel[] = FUSED.map((op) => ({
  op,
  why: "looks at the shape that the bias's buffer was made under",
  make: (backend, otherwise) => (inputs, attrs) => {
    const { bias } = inputs;
    if (bias === undefined || bufferRank(backend, bias) === 1) return otherwise(inputs, attrs);
    const copy = outputOf(backend, bias.shape);
    floatsOf(backend, copy).set(floatsOf(backend, bias));
    try {
      return otherwise({ ...inputs, bias: copy }, attrs);
    } finally {
      backend.disposeData(copy.dataId);
    }
  },
}));
