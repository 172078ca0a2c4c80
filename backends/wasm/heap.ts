/** Tensors as views of the wasm heap. A view is good until the next allocation, which may move the heap. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { type KernelTensor, sizeOf } from '../../engine/index.ts';

/** tfjs internals that its types keep private. */
interface WasmInternals {
  readonly wasm: { readonly HEAPU8: Uint8Array };
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } };
  makeOutput(shape: readonly number[], dtype: 'float32'): KernelTensor;
}

/** The elements of a float32 tensor, in place. */
export function floatsOf(backend: KernelBackend, { dataId, shape }: KernelTensor): Float32Array {
  const { wasm, dataIdMap } = backend as unknown as WasmInternals;
  return new Float32Array(wasm.HEAPU8.buffer, dataIdMap.get(dataId).memoryOffset, sizeOf(shape));
}

/** A new float32 tensor, its elements whatever was there. */
export const outputOf = (backend: KernelBackend, shape: readonly number[]): KernelTensor =>
  (backend as unknown as WasmInternals).makeOutput(shape, 'float32');

/** The size of the heap in bytes. */
export const heapSize = (backend: KernelBackend): number => (backend as unknown as WasmInternals).wasm.HEAPU8.length;
