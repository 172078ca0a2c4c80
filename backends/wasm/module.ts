/** The wasm backend: XNNPACK and hand-vectorised kernels in WebAssembly; the default in Node and in browsers. */

import type { LocalBackend } from '../backend.ts';
import { checkedIndices } from '../checked-indices.ts';
import { exactFunctions } from '../exact-functions.ts';
import { filterGradients } from '../filter-gradients.ts';
import { longProducts } from '../long-products.ts';
import { poolingKernels } from '../pooling-kernels.ts';
import { TfjsBackend } from '../tfjs.ts';
import { topK } from '../top-k-kernel.ts';
import { averages } from './averages.ts';
import { biasViews } from './bias-views.ts';
import { binaryKernels } from './binary-kernels.ts';
import { functionKernels } from './function-kernels.ts';
import { heapSize, memoryOf } from './heap.ts';
import { addProductOf } from './long-products.ts';
import { matrixProducts } from './matrix-products.ts';
import { matrixViews } from './matrix-views.ts';
import { limits, watch, withTraps } from './memory-limits.ts';
import type { WasmPaths } from './paths.ts';
import { poolingGradients } from './pooling-gradients.ts';
import { smallKernels } from './small-kernels.ts';
import { sumKernels } from './sum-kernels.ts';
import { target } from './target.ts';
import { tileKernel } from './tile-kernel.ts';

let wasmPaths: WasmPaths | undefined;

/**
 * Sets the addresses of tfjs's wasm files, to be used instead of the package's binary. Call it before the backend starts.
 * @param paths a folder's address, or each file's address by its name; paths are allowed in Node
 */
export function setWasmPaths(paths: WasmPaths): void {
  wasmPaths = paths;
}

/** The number of threads of the started backend. */
let countThreads = (): number => 1;

async function load(): Promise<void> {
  countThreads = (await import('@tensorflow/tfjs-backend-wasm')).getThreadsCount;
}

export type { WasmPaths } from './paths.ts';

export const wasm: LocalBackend = new TfjsBackend({
  ...target,
  load,
  create: async () => (await import('./instance.ts')).createBackend(wasmPaths),
  around: withoutProcessListeners,
  availability: async () =>
    typeof WebAssembly === 'object'
      ? { available: true, detail: 'WebAssembly' }
      : {
          available: false,
          reason: 'there is no WebAssembly here',
          remedy: 'use a current browser, or Node without --jitless',
        },
  synchronous: true,
  aliasesArrays: false,
  ownKernels: [
    ...exactFunctions(memoryOf, ['Cos', 'Log1p', 'Mod', 'Prelu', 'Selu', 'Sign', 'Sin']),
    ...functionKernels,
    ...smallKernels,
    ...sumKernels,
    ...binaryKernels,
    ...poolingKernels(memoryOf),
    ...poolingGradients,
    averages,
    ...matrixViews,
    longProducts(memoryOf, addProductOf),
    ...filterGradients(memoryOf, addProductOf),
    ...biasViews,
    ...matrixProducts,
    ...checkedIndices,
    tileKernel,
    topK,
  ],
  wrapper: withTraps,
  limits,
  watch,
  bytes: heapSize,
  details: () => ({ precision: 'float32', threads: countThreads() }),
});

/** Removes the listeners that Emscripten's loader adds in Node: they rethrow errors with a megabyte of its source as the message. */
async function withoutProcessListeners(start: () => Promise<void>): Promise<void> {
  if (typeof process !== 'object' || typeof process.listeners !== 'function') return start();
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => new Set<unknown>(process.listeners(event as 'uncaughtException')));
  try {
    await start();
  } finally {
    events.forEach((event, i) => {
      for (const listener of process.listeners(event as 'uncaughtException'))
        if (!before[i]!.has(listener)) process.removeListener(event, listener);
    });
  }
}
