/**
 * Calls tfjs-node's kernels as tfjs does: with tensors as inputs, its backend as tfjs's current one (some kernels call tf.*), and a tidy
 * scope for intermediate tensors. TensorFlow's tensors have a fixed shape, so a view is another tensor.
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

/** Runs a task, and restores tfjs's current backend afterwards. */
export async function keepingCurrent<T>(task: () => Promise<T>): Promise<T> {
  const { backendName, backendInstance, profiler } = engine();
  try {
    return await task();
  } finally {
    Object.assign(engine(), { backendName, backendInstance, profiler });
  }
}

/** Runs a task with this backend as tfjs's current one, and as within a kernel, so that tfjs records no tape. */
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

/** A tensor that adds an owner of the buffer. */
function tensorOf(input: KernelTensor, backend: tf.KernelBackend): tf.Tensor {
  backend.incRef(input.dataId);
  return owning(input, backend);
}

/** A tensor that takes ownership of the buffer, until the tidy scope ends. */
function owning({ dataId, shape, dtype }: KernelTensor, backend: tf.KernelBackend): tf.Tensor {
  const own = shapeOf(dataId, backend);
  const tensor = engine().makeTensorFromTensorInfo({ dataId, shape: own, dtype }, backend);
  return sameShape(own, shape) ? tensor : tf.reshape(tensor, shape as number[]);
}

const shapeOf = (buffer: Buffer, backend: tf.KernelBackend): readonly number[] =>
  (backend as TensorFlowBackend).tensorMap.get(buffer).shape;

/** A tensor's data without the tensor, which tfjs tracks. Some kernels return no tensor. */
function untracked(result: tf.Tensor | KernelTensor, backend: tf.KernelBackend): KernelTensor {
  const { dataId, shape, dtype } = result as KernelTensor;
  if (result instanceof tf.Tensor) {
    backend.incRef(dataId);
    result.dispose();
  }
  return { dataId, shape, dtype };
}

/** Takes ownership of a buffer, and returns one of that shape. */
export function withShape(dataId: Buffer, shape: readonly number[], dtype: DType, backend: tf.KernelBackend): Buffer {
  if (sameShape(shapeOf(dataId, backend), shape)) return dataId;
  return within(backend, () => {
    const view = tf.tidy(() => owning({ dataId, shape, dtype }, backend));
    return untracked(view, backend).dataId;
  });
}
