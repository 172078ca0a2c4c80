/**
 * Kernels that take indices without looking at them: an index out of range would read or write elsewhere on the heap, so that
 * results, or other tensors, would be wrong without a word.
 */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { Kernel, KernelTensor } from '../../engine/index.ts';
import { requireInRange } from '../checked-kernels.ts';

/** The dims that each column of the indices points into. */
type Limits = (
  inputs: Readonly<Record<string, KernelTensor>>,
  attrs: Readonly<Record<string, unknown>>,
) => readonly number[];

const LIMITS: Readonly<Record<string, Limits>> = {
  GatherNd: ({ params }) => params!.shape,
  ScatterNd: (_inputs, { shape }) => shape as readonly number[],
  SparseToDense: (_inputs, { outputShape }) => outputShape as readonly number[],
  TensorScatterUpdate: ({ tensor }) => tensor!.shape,
};

/** The kernel of that name; one that takes indices checks them first. */
export function withCheckedIndices(name: string, kernel: Kernel, backend: KernelBackend): Kernel {
  const limits = LIMITS[name];
  if (limits === undefined) return kernel;
  return (inputs, attrs) => {
    const named = inputs as Readonly<Record<string, KernelTensor>>;
    const { dataId, shape } = (named.indices ?? named.sparseIndices)!;
    const columns = shape.at(-1) ?? 1;
    requireInRange(name, backend.readSync(dataId) as Int32Array, columns, limits(named, attrs));
    return kernel(inputs, attrs);
  };
}
