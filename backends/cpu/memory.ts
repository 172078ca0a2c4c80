/** Accesses tensors as the cpu backend's arrays. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { type DType, type KernelTensor, sizeOf, typedArrayOf } from '../../engine/index.ts';
import type { Memory } from '../pooling-kernels.ts';

/** tfjs internals that its types keep private. */
interface CpuInternals {
  readonly data: { get(dataId: object): { readonly values: unknown } };
  makeTensorInfo(shape: readonly number[], dtype: DType, values: unknown): KernelTensor;
}

export function memoryOf(backend: KernelBackend): Memory {
  const internals = backend as unknown as CpuInternals;
  const valuesOf = ({ dataId }: KernelTensor): unknown => internals.data.get(dataId).values;
  return {
    create: (shape, dtype) => internals.makeTensorInfo(shape, dtype, typedArrayOf(dtype, sizeOf(shape))),
    floats: (tensor) => valuesOf(tensor) as Float32Array,
    ints: (tensor) => valuesOf(tensor) as Int32Array,
  };
}
