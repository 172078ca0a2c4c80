/** Values written where indices point, of which the last stays: tfjs's kernel adds them up. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { type DType, type Kernel, type KernelTensor, sizeOf } from '../../engine/index.ts';
import { placesOf } from '../places.ts';

/** tfjs internals that its types keep private. */
interface WebglInternals {
  runWebGLProgram(program: object, inputs: readonly KernelTensor[], dtype: DType): KernelTensor;
}

/** The kernel of that name; for SparseToDense one of our own. */
export function withLastValues(name: string, kernel: Kernel, backend: KernelBackend): Kernel {
  if (name !== 'SparseToDense') return kernel;
  const internals = backend as unknown as WebglInternals;
  return (inputs, attrs) => {
    const { sparseIndices, sparseValues, defaultValue } = inputs as Record<string, KernelTensor>;
    const shape = attrs.outputShape as readonly number[];
    const { count, slice, strides } = placesOf(sparseIndices!, shape);
    const terms = strides.map((stride, k) => `int(round(getIndices(i, ${k}))) * ${stride}`);
    const program = {
      variableNames: ['indices', 'values', 'rest'],
      outputShape: [sizeOf(shape) / slice, slice],
      userCode: `
        void main() {
          ivec2 coords = getOutputCoords();
          float found = getRest();
          for (int i = 0; i < ${count}; i++) {
            if (${terms.join(' + ')} == coords[0]) found = getValues(i, coords[1]);
          }
          setOutput(found);
        }`,
    };
    const tensors = [
      { ...sparseIndices!, shape: [count, strides.length] },
      { ...sparseValues!, shape: [count, slice] },
      defaultValue!,
    ];
    return { ...internals.runWebGLProgram(program, tensors, sparseValues!.dtype), shape };
  };
}
