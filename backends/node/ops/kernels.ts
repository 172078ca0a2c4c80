/** Kernels composed of tfjs's ops, where tfjs-node lacks them or TensorFlow fails for inputs that tfjs supports. */
import * as tf from '@tensorflow/tfjs-core';
import type { Kernel } from '../../../engine/index.ts';
import type { KernelWrapper } from '../../tfjs.ts';
import { TENSORFLOW } from './tensors.ts';

type Named = Readonly<Record<string, tf.Tensor>>;
/** A kernel on tensors; see `asInTfjs`. */
type TensorKernel = (inputs: never, attrs: Readonly<Record<string, unknown>>) => tf.Tensor;
/** Makes a kernel that replaces the given one. */
type Replacement = (kernel: TensorKernel) => TensorKernel;

/** Replaces the divisors 0 (TensorFlow fails) and -1 (the lowest integer crashes the process) by 1, and gives a factor for the quotient. */
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
  // the remainder is 0 for the divisors 0 and -1, as for 1
  Mod: (kernel) => (inputs, attrs) => {
    const { a, b } = inputs as Named;
    return kernel((a!.dtype === 'int32' ? { a, b: tame(b!).divisor } : inputs) as never, attrs);
  },
  // TensorFlow computes max(x, alpha x)
  LeakyRelu: (kernel) => (inputs, attrs) => {
    const { x } = inputs as Named;
    const alpha = attrs.alpha as number;
    return alpha <= 1 ? kernel(inputs, attrs) : tf.where(tf.less(x!, tf.zerosLike(x!)), tf.mul(x!, alpha), x!);
  },
  // TensorFlow fails for a single input
  Concat: (kernel) => (inputs, attrs) => {
    const [x, ...more] = inputs as readonly tf.Tensor[];
    return more.length === 0 ? tf.clone(x!) : kernel(inputs, attrs);
  },
  // TensorFlow fails for unsorted or repeated indices
  SparseToDense: () => (inputs, attrs) => {
    const { sparseIndices: indices, sparseValues: updates, defaultValue } = inputs as Named;
    const tensor = tf.broadcastTo(defaultValue!, attrs.outputShape as number[]);
    return tf.engine().runKernel('TensorScatterUpdate', { tensor, indices: indices!, updates: updates! });
  },
};

/** The kernel, or its replacement. */
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
