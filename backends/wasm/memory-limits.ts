/** What a WebAssembly instance can hold, and what becomes of one that has failed. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { LimitError } from '../../engine/index.ts';
import type { Limits } from '../limits.ts';
import type { DeviceWatch, KernelWrapper } from '../tfjs.ts';

/** Where tfjs's binary stops to grow its memory: 64 KiB, a page, below 4 GiB. */
const HEAP_BYTES = 2 ** 32 - 2 ** 16;

export const limits = (): Limits => ({
  maxElements: HEAP_BYTES / 4,
  maxBytes: HEAP_BYTES,
  cause: 'WebAssembly addresses 4 GiB',
});

/** What hands out memory. */
export interface Allocator {
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/**
 * Memory that cannot be had is an error: Emscripten gives address 0 for it, and what is written there is others'.
 * @throws LimitError
 */
export function guardMemory(module: Allocator): void {
  module._free(module._malloc(1)); // at its first call Emscripten puts another function in its place
  const allocate = module._malloc;
  module._malloc = (bytes) => {
    const address = bytes <= HEAP_BYTES ? allocate(bytes) : 0; // larger ones would wrap around
    if (address === 0 && bytes > 0)
      throw new LimitError(
        `${bytes.toLocaleString('en')} bytes more do not fit into the memory of WebAssembly, which has ${HEAP_BYTES.toLocaleString('en')} for all programs together`,
      );
    return address;
  };
}

const watched = new WeakMap<KernelBackend, DeviceWatch>();

export const watch = (backend: KernelBackend, listener: DeviceWatch): void => {
  watched.set(backend, listener);
};

/** An instance that has trapped or aborted is lost: it may have written anywhere, and Emscripten runs nothing more on it. */
export const withTraps: KernelWrapper = (name, kernel, backend) => (inputs, attrs) => {
  try {
    return kernel(inputs, attrs);
  } catch (e) {
    if (e instanceof WebAssembly.RuntimeError)
      watched.get(backend)?.lost(`${name} failed in WebAssembly: ${e.message}`);
    throw e;
  }
};
