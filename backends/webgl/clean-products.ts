/**
 * Matrix products with an odd inner dimension. A packed texture has four elements per pixel, and the product kernel sums the padding after
 * an odd row or column too, which should be 0. Other kernels compute on the padding, so that it is 1 after exp(x) or a comparison of equal
 * indices, and the product of two such matrices is too large.
 */
import type { KernelTensor } from '../../engine/index.ts';
import type { OwnKernel } from '../own-kernels.ts';

const PRODUCTS: readonly string[] = ['BatchMatMul', '_FusedMatMul'];

/** tfjs internals that its types keep private. */
interface WebglInternals {
  readonly texData: { get(dataId: object): { readonly isPacked?: boolean } };
  unpackTensor(tensor: KernelTensor): KernelTensor;
}

/** Unpacks packed operands; the kernel packs them again with zeros as padding. */
export const cleanProducts: readonly OwnKernel[] = PRODUCTS.map((op) => ({
  op,
  why: 'sums the padding after an odd row or column',
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
