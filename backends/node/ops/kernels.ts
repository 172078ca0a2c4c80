/** Kernels of our own, made of tfjs's ops: where tfjs-node has none, or TensorFlow refuses what tfjs takes. */
import * as tf from '@tensorflow/tfjs-core';
import type { Kernel } from '../../../engine/index.ts';
import type { KernelWrapper } from '../../tfjs.ts';
import { TENSORFLOW } from './tensors.ts';

type Named = Readonly<Record<string, tf.Tensor>>;
/** Within tfjs kernels get and give tensors; see `asInTfjs`. */
type TensorKernel = (inputs: never, attrs: Readonly<Record<string, unknown>>) => tf.Tensor;
/** A kernel in place of the one that there is. */
type Replacement = (kernel: TensorKernel) => TensorKernel;

/** A division by 0, which TensorFlow refuses, and of the least integer by -1, which ends the process, as divisions by 1. */
function tame(b: tf.Tensor): { readonly divisor: tf.Tensor; readonly factor: tf.Tensor } {
  const one = tf.onesLike(b);
  const special = tf.logicalOr(tf.equal(b, tf.zerosLike(b)), tf.equal(b, tf.neg(one)));
  return { divisor: tf.where(special, one, b), factor: tf.where(special, b, one) };
}

const REPLACEMENTS: Readonly<Record<string, Replacement>> = {
  // a / 0 is 0 a, and a / -1 is -1 a, which wraps
  FloorDiv: (kernel) => (inputs, attrs) => {
    const { a, b } = inputs as Named;
    const { divisor, factor } = tame(b!);
    return tf.mul(kernel({ a, b: divisor } as never, attrs), factor);
  },
  // neither leaves anything, and a / 1 does not
  Mod: (kernel) => (inputs, attrs) => {
    const { a, b } = inputs as Named;
    return kernel((a!.dtype === 'int32' ? { a, b: tame(b!).divisor } : inputs) as never, attrs);
  },
  // TensorFlow's is the larger of x and alpha x
  LeakyRelu: (kernel) => (inputs, attrs) => {
    const { x } = inputs as Named;
    const alpha = attrs.alpha as number;
    return alpha <= 1 ? kernel(inputs, attrs) : tf.where(tf.less(x!, tf.zerosLike(x!)), tf.mul(x!, alpha), x!);
  },
  // one value alone is refused
  Concat: (kernel) => (inputs, attrs) => {
    const [x, ...more] = inputs as readonly tf.Tensor[];
    return more.length === 0 ? tf.clone(x!) : kernel(inputs, attrs);
  },
  // indices out of order, or that occur twice, are refused
  SparseToDense: () => (inputs, attrs) => {
    const { sparseIndices: indices, sparseValues: updates, defaultValue } = inputs as Named;
    const tensor = tf.broadcastTo(defaultValue!, attrs.outputShape as number[]);
    return tf.engine().runKernel('TensorScatterUpdate', { tensor, indices: indices!, updates: updates! });
  },
};

/** The kernel of that name, or one of these in its place. */
export const withOwnKernels: KernelWrapper = (name, kernel) =>
  (REPLACEMENTS[name]?.(kernel as unknown as TensorKernel) as unknown as Kernel | undefined) ?? kernel;

/** tfjs-node's internals. */
interface TensorFlow {
  readonly binding: { readonly TF_ATTR_TYPE: number; readonly TF_INT32: number };
  executeSingleOutput(op: string, attributes: readonly object[], inputs: readonly tf.TensorInfo[]): tf.Tensor;
}

/** Kernels that tfjs has and tfjs-node lacks. */
const MISSING: readonly tf.KernelConfig[] = [
  {
    kernelName: 'BitwiseAnd',
    backendName: TENSORFLOW,
    kernelFunc: ({ inputs, backend }) => {
      const { a, b } = inputs as Named;
      const tensorflow = backend as TensorFlow;
      const { TF_ATTR_TYPE: type, TF_INT32: value } = tensorflow.binding;
      return tensorflow.executeSingleOutput('BitwiseAnd', [{ name: 'T', type, value }], [a!, b!]);
    },
  },
];

export function registerKernels(): void {
  for (const kernel of MISSING)
    if (tf.getKernel(kernel.kernelName, TENSORFLOW) === undefined) tf.registerKernel(kernel);
}
