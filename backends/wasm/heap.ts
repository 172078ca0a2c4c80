/** Accesses tensors as views of the wasm heap. A view is valid until the next allocation, which may move the heap. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { type KernelTensor, sizeOf } from '../../engine/index.ts';
import type { Memory } from '../pooling-kernels.ts';

/** tfjs internals that its types keep private. */
interface WasmInternals {
  readonly wasm: {
    readonly HEAPU8: Uint8Array;
    _malloc(bytes: number): number;
    readonly tfjs: { getThreadsCount(): number };
  };
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number; readonly shape: readonly number[] } };
  makeOutput(shape: readonly number[], dtype: 'float32' | 'int32'): KernelTensor;
}

/** The elements of a float32 tensor, in place. */
export function floatsOf(backend: KernelBackend, { dataId, shape }: KernelTensor): Float32Array {
  const { wasm, dataIdMap } = backend as unknown as WasmInternals;
  return new Float32Array(wasm.HEAPU8.buffer, dataIdMap.get(dataId).memoryOffset, sizeOf(shape));
}

/** The elements of an int32 tensor, in place. */
export function intsOf(backend: KernelBackend, tensor: KernelTensor): Int32Array {
  const { buffer, byteOffset, length } = floatsOf(backend, tensor);
  return new Int32Array(buffer, byteOffset, length);
}

/** The rank of the shape with which a tensor's buffer was created. */
export const bufferRank = (backend: KernelBackend, { dataId }: KernelTensor): number =>
  (backend as unknown as WasmInternals).dataIdMap.get(dataId).shape.length;

/** A new tensor with uninitialised elements. */
export const outputOf = (
  backend: KernelBackend,
  shape: readonly number[],
  dtype: 'float32' | 'int32' = 'float32',
): KernelTensor => (backend as unknown as WasmInternals).makeOutput(shape, dtype);

/** The bytes of the heap; valid until the next allocation. */
export const heapOf = (backend: KernelBackend): Uint8Array => (backend as unknown as WasmInternals).wasm.HEAPU8;

/** The size of the heap in bytes. */
export const heapSize = (backend: KernelBackend): number => heapOf(backend).length;

/** The address of so many bytes, which are never freed. @throws LimitError */
export const allocate = (backend: KernelBackend, bytes: number): number =>
  (backend as unknown as WasmInternals).wasm._malloc(bytes);

export const threadsOf = (backend: KernelBackend): number =>
  (backend as unknown as WasmInternals).wasm.tfjs.getThreadsCount();

/** The heap as a `Memory`, for kernels that backends share. */
export const memoryOf = (backend: KernelBackend): Memory => ({
  create: (shape, dtype) => outputOf(backend, shape, dtype),
  floats: (tensor) => floatsOf(backend, tensor),
  ints: (tensor) => intsOf(backend, tensor),
});
