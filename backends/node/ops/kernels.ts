/** What tfjs-node does not call TensorFlow for, or calls it wrongly for. All of this gets and gives tensors; see `asInTfjs`. */
import * as tf from '@tensorflow/tfjs-core';
import type { Kernel, KernelInputs } from '../../../engine/index.ts';
import type { KernelWrapper } from '../../tfjs.ts';
import { TENSORFLOW } from './tensors.ts';

/** tfjs-node's internals. */
interface TensorFlow {
  readonly binding: { readonly TF_ATTR_TYPE: number; readonly TF_INT32: number };
  executeSingleOutput(op: string, attributes: readonly object[], inputs: readonly tf.TensorInfo[]): tf.Tensor;
}

type Tensors = Readonly<Record<string, tf.Tensor>>;
type Result = ReturnType<Kernel>;

/**
 * The kernel of that name; one that divides integers gives 0 for a division by 0, which TensorFlow refuses, and wraps where the least
 * integer is divided by -1, which ends the process.
 */
export const withWholeQuotients: KernelWrapper = (name, kernel) => {
  if (name !== 'FloorDiv' && name !== 'Mod') return kernel;
  return (inputs, attrs) => {
    const { a, b } = inputs as unknown as { readonly a: tf.Tensor; readonly b: tf.Tensor };
    if (a.dtype !== 'int32') return kernel(inputs, attrs);
    const one = tf.onesLike(b);
    const special = tf.logicalOr(tf.equal(b, tf.zerosLike(b)), tf.equal(b, tf.neg(one)));
    const divisor = tf.where(special, one, b);
    const result = kernel({ a, b: divisor } as unknown as KernelInputs, attrs) as unknown as tf.Tensor;
    // a / 0 is 0 a, and a / -1 is -1 a; what is left of either is nothing, as of a / 1
    return (name === 'Mod' ? result : tf.mul(result, tf.where(special, b, one))) as unknown as Result;
  };
};

/** The kernel of that name; for SparseToDense one that takes indices in any order, and more than once. */
export const withAnyOrder: KernelWrapper = (name, kernel) => {
  if (name !== 'SparseToDense') return kernel;
  return (inputs, attrs) => {
    const { sparseIndices, sparseValues, defaultValue } = inputs as unknown as Record<string, tf.Tensor>;
    const tensor = tf.broadcastTo(defaultValue!, attrs.outputShape as number[]);
    return tf
      .engine()
      .runKernel('TensorScatterUpdate', {
        tensor,
        indices: sparseIndices!,
        updates: sparseValues!,
      }) as unknown as Result;
  };
};

/** Kernels that tfjs has and tfjs-node lacks. */
const KERNELS: readonly tf.KernelConfig[] = [
  {
    kernelName: 'BitwiseAnd',
    backendName: TENSORFLOW,
    kernelFunc: ({ inputs, backend }) => {
      const { a, b } = inputs as Tensors;
      const { binding, executeSingleOutput } = backend as TensorFlow;
      const type = { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 };
      return executeSingleOutput.call(backend, 'BitwiseAnd', [type], [a!, b!]);
    },
  },
];

export function registerKernels(): void {
  for (const kernel of KERNELS)
    if (tf.getKernel(kernel.kernelName, TENSORFLOW) === undefined) tf.registerKernel(kernel);
}
