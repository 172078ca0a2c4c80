/** Reshaped biases: fused kernels use the shape with which the bias's buffer was created, not that of a view of it. */
import type { OwnKernel } from '../own-kernels.ts';
import { bufferRank, floatsOf, outputOf } from './heap.ts';

const FUSED: readonly string[] = ['_FusedMatMul', 'FusedConv2D', 'FusedDepthwiseConv2D'];

/** Copies a bias whose buffer was not created as a vector. */
export const biasViews: readonly OwnKernel[] = FUSED.map((op) => ({
  op,
  why: "uses the shape with which the bias's buffer was created",
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
