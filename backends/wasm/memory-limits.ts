/** The memory limits of a WebAssembly instance, and the handling of instances that have trapped. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { LimitError } from '../../engine/index.ts';
import type { Limits } from '../limits.ts';
import type { DeviceWatch, KernelWrapper } from '../tfjs.ts';

/** The maximum memory of tfjs's binary: a page of 64 KiB below 4 GiB. */
const HEAP_BYTES = 2 ** 32 - 2 ** 16;

export const limits = (): Limits => ({
  maxElements: HEAP_BYTES / 4,
  maxBytes: HEAP_BYTES,
  cause: 'WebAssembly addresses 4 GiB',
});

/** Emscripten's memory allocator. */
export interface Allocator {
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/**
 * Makes failed allocations throw a LimitError: Emscripten's return address 0, where tfjs's kernels would overwrite other data.
 */
export function guardMemory(module: Allocator): void {
  module._free(module._malloc(1)); // at its first call Emscripten replaces the function
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

/** Reports an instance that has trapped or aborted as lost: its memory may be corrupt, and Emscripten rejects further calls. */
export const withTraps: KernelWrapper = (name, kernel, backend) => (inputs, attrs) => {
  try {
    return kernel(inputs, attrs);
  } catch (e) {
    if (e instanceof WebAssembly.RuntimeError)
      watched.get(backend)?.lost(`${name} failed in WebAssembly: ${e.message}`);
    throw e;
  }
};
