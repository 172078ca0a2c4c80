/**
 * Products along an odd number of elements. A packed texture holds four elements to a pixel, and what is left over beyond an odd row
 * or column should be 0: the kernel adds it up too. Other kernels compute there as elsewhere, so that it is 1 after exp(x) or after a
 * comparison of equal indices, and a product of two such matrices is too large.
 */
import type { KernelTensor } from '../../engine/index.ts';
import type { OwnKernel } from '../own-kernels.ts';

const PRODUCTS: readonly string[] = ['BatchMatMul', '_FusedMatMul'];

/** tfjs internals that its types keep private. */
interface WebglInternals {
  readonly texData: { get(dataId: object): { readonly isPacked?: boolean } };
  unpackTensor(tensor: KernelTensor): KernelTensor;
}

/** A product unpacks what may have something left over: packing it again puts zeros there. */
export const cleanProducts: readonly OwnKernel[] = PRODUCTS.map((op) => ({
  op,
  why: 'adds up what is left over beyond an odd row or column',
  when: ({ a }, { transposeA }) => a!.shape.at(transposeA ? -2 : -1)! % 2 !== 0,
  make: (backend, otherwise) => (inputs, attrs) => {
    const internals = backend as unknown as WebglInternals;
    const { a, b } = inputs;
    const unpacked: KernelTensor[] = [];
    const clean = (tensor: KernelTensor): KernelTensor => {
      if (!internals.texData.get(tensor.dataId).isPacked) return tensor;
      const copy = internals.unpackTensor(tensor);
      unpacked.push(copy);
      return copy;
    };
    try {
      return otherwise({ ...inputs, a: clean(a!), b: clean(b!) }, attrs);
    } finally {
      for (const { dataId } of unpacked) backend.disposeData(dataId);
    }
  },
}));
