/** Kernels that take indices without looking at them, on every backend whose values can be read at once. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { IndexError, type Kernel, type KernelTensor } from '../engine/index.ts';

/** The kernel of that name; one that crops images makes sure first that they are there. */
export function withCheckedImages(name: string, kernel: Kernel, backend: KernelBackend): Kernel {
  if (name !== 'CropAndResize') return kernel;
  return (inputs, attrs) => {
    const { image, boxInd } = inputs as Readonly<Record<'image' | 'boxInd', KernelTensor>>;
    requireInRange(name, backend.readSync(boxInd.dataId) as Int32Array, 1, image.shape);
    return kernel(inputs, attrs);
  };
}

/** @throws IndexError for an index that does not lie below the limit of its column */
export function requireInRange(name: string, indices: Int32Array, columns: number, limits: readonly number[]): void {
  for (let i = 0; i < indices.length; i++) {
    const limit = limits[i % columns]!;
    if (indices[i]! < 0 || indices[i]! >= limit) {
      throw new IndexError(`${name}: the index ${indices[i]} is not in [0, ${limit - 1}]`);
    }
  }
}
