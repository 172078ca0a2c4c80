/**
 * Products along an odd number of elements. A packed texture holds four elements to a pixel, and what is left over beyond an odd row
 * or column should be 0: the kernel adds it up too. Other kernels compute there as elsewhere, so that it is 1 after exp(x) or after a
 * comparison of equal indices, and a product of two such matrices is too large.
 */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { Kernel, KernelTensor } from '../../engine/index.ts';

const PRODUCTS: readonly string[] = ['BatchMatMul', '_FusedMatMul'];

/** tfjs internals that its types keep private. */
interface WebglInternals {
  readonly texData: { get(dataId: object): { readonly isPacked?: boolean } };
  unpackTensor(tensor: KernelTensor): KernelTensor;
}

/** The kernel of that name; a product unpacks what may have something left over: packing it again puts zeros there. */
export function withCleanProducts(name: string, kernel: Kernel, backend: KernelBackend): Kernel {
  if (!PRODUCTS.includes(name)) return kernel;
  const internals = backend as unknown as WebglInternals;
  return (inputs, attrs) => {
    const { a, b } = inputs as Readonly<Record<string, KernelTensor>>;
    const shared = a!.shape.at(attrs.transposeA ? -2 : -1)!;
    if (shared % 2 === 0) return kernel(inputs, attrs);
    const unpacked: KernelTensor[] = [];
    const clean = (tensor: KernelTensor): KernelTensor => {
      if (!internals.texData.get(tensor.dataId).isPacked) return tensor;
      const copy = internals.unpackTensor(tensor);
      unpacked.push(copy);
      return copy;
    };
    try {
      return kernel({ ...inputs, a: clean(a!), b: clean(b!) }, attrs);
    } finally {
      for (const { dataId } of unpacked) backend.disposeData(dataId);
    }
  };
}
