/**
 * tfjs-node's kernels expect what tfjs puts around a call: tensors for inputs, their backend to be tfjs's current one (some call tf.*
 * themselves), and a scope for what they leave. TensorFlow's own tensors have shapes, so that a view is another tensor.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Buffer, DType, Kernel, KernelInputs, KernelTensor } from '../../../engine/index.ts';
import { sameShape } from '../../../engine/index.ts';
import type { KernelWrapper } from '../../tfjs.ts';

/** tfjs internals that its types keep private. */
interface Engine {
  backendName: string | undefined;
  backendInstance: tf.KernelBackend | null;
  profiler: unknown;
  readonly state: { kernelDepth: number };
  makeTensorFromTensorInfo(info: KernelTensor, backend: tf.KernelBackend): tf.Tensor;
}
interface TensorFlowBackend extends tf.KernelBackend {
  readonly tensorMap: { get(buffer: Buffer): { readonly shape: readonly number[] } };
}

/** tfjs's name of the backend. */
export const TENSORFLOW = 'tensorflow';

const engine = (): Engine => tf.engine() as unknown as Engine;

/** What something of tfjs's is done to, and then undone: which backend is its current one. */
export async function keepingCurrent<T>(task: () => Promise<T>): Promise<T> {
  const { backendName, backendInstance, profiler } = engine();
  try {
    return await task();
  } finally {
    Object.assign(engine(), { backendName, backendInstance, profiler });
  }
}

/** With this backend as tfjs's current one, and as within a kernel: what it calls of tfjs's is on no tape. */
function within<T>(backend: tf.KernelBackend, task: () => T): T {
  const tfjs = engine();
  const { backendName, backendInstance } = tfjs;
  tfjs.backendName = TENSORFLOW;
  tfjs.backendInstance = backend;
  tfjs.state.kernelDepth++;
  try {
    return task();
  } finally {
    tfjs.state.kernelDepth--;
    tfjs.backendInstance = backendInstance;
    tfjs.backendName = backendName;
  }
}

/** The kernel, called as tfjs calls it. */
export const asInTfjs: KernelWrapper =
  (_name, kernel, backend) =>
  (inputs, attrs): ReturnType<Kernel> =>
    within(backend, () => {
      const results = tf.tidy(() => kernel(tensorsOf(inputs, backend), attrs) as tf.Tensor);
      return Array.isArray(results) ? results.map((t) => untracked(t, backend)) : untracked(results, backend);
    });

const tensorsOf = (inputs: KernelInputs, backend: tf.KernelBackend): KernelInputs =>
  (Array.isArray(inputs)
    ? inputs.map((input) => tensorOf(input, backend))
    : Object.fromEntries(
        Object.entries(inputs).map(([name, input]) => [name, tensorOf(input, backend)]),
      )) as unknown as KernelInputs;

/** A tensor of one more owner of the buffer. */
function tensorOf(input: KernelTensor, backend: tf.KernelBackend): tf.Tensor {
  backend.incRef(input.dataId);
  return owning(input, backend);
}

/** A tensor that owns the buffer, as all that is made here until the scope ends. */
function owning({ dataId, shape, dtype }: KernelTensor, backend: tf.KernelBackend): tf.Tensor {
  const own = shapeOf(dataId, backend);
  const tensor = engine().makeTensorFromTensorInfo({ dataId, shape: own, dtype }, backend);
  return sameShape(own, shape) ? tensor : tf.reshape(tensor, shape as number[]);
}

const shapeOf = (buffer: Buffer, backend: tf.KernelBackend): readonly number[] =>
  (backend as TensorFlowBackend).tensorMap.get(buffer).shape;

/** A tensor's data without the tensor, of which tfjs keeps books. Some kernels give no tensor. */
function untracked(result: tf.Tensor | KernelTensor, backend: tf.KernelBackend): KernelTensor {
  const { dataId, shape, dtype } = result as KernelTensor;
  if (result instanceof tf.Tensor) {
    backend.incRef(dataId);
    result.dispose();
  }
  return { dataId, shape, dtype };
}

/** A buffer of that shape, for one that was made under another shape, whose ownership passes. */
export function withShape(dataId: Buffer, shape: readonly number[], dtype: DType, backend: tf.KernelBackend): Buffer {
  if (sameShape(shapeOf(dataId, backend), shape)) return dataId;
  return within(backend, () => {
    const view = tf.tidy(() => owning({ dataId, shape, dtype }, backend));
    return untracked(view, backend).dataId;
  });
}
