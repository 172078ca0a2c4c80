/** SparseToDense in which the last of several values for an element wins: tfjs's kernel adds them. */
import { type DType, type KernelTensor, sizeOf } from '../../engine/index.ts';
import { indexStridesOf } from '../index-strides.ts';
import type { OwnKernel } from '../own-kernels.ts';

/** tfjs internals that its types keep private. */
interface WebglInternals {
  runWebGLProgram(program: object, inputs: readonly KernelTensor[], dtype: DType): KernelTensor;
}

export const lastValues: OwnKernel = {
  op: 'SparseToDense',
  why: 'adds several values for one element',
  complete: true,
  make: (backend) => (inputs, attrs) => {
    const internals = backend as unknown as WebglInternals;
    const { sparseIndices, sparseValues, defaultValue } = inputs;
    const shape = attrs.outputShape as readonly number[];
    const { count, slice, strides } = indexStridesOf(sparseIndices!, shape);
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
  },
};
