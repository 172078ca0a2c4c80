/** Starts tfjs's wasm backend with a binary of our choice, instead of tfjs's search for a file beside the script. */
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { env, type KernelBackend } from '@tensorflow/tfjs-core';
import { BackendError } from '../../engine/index.ts';
import { openCommonJsScope } from '../commonjs-scope.ts';
import { instantiate, type Variant } from './binary.ts';
import { addCode } from './code/module.ts';
import { type Allocator, guardMemory } from './memory-limits.ts';
import type { WasmPaths } from './paths.ts';
import { threadScripts } from './threads.ts';
import { canUngzip } from './ungzip.ts';

/** The members of Emscripten's module that are used here. */
interface Module extends Allocator {
  cwrap(name: string, result: 'number' | null, parameters: readonly 'number'[]): (...args: number[]) => unknown;
  tfjs?: Readonly<Record<string, (...args: number[]) => unknown>>;
}

interface Settings {
  instantiateWasm(imports: WebAssembly.Imports, receive: (instance: object, module: object) => void): object;
  onAbort(reason: unknown): void;
  locateFile?(path: string): string;
  readonly mainScriptUrlOrBlob?: Blob;
}

type Factory = (settings: Settings) => Promise<Module>;

/**
 * Creates the backend, with SIMD and threads if available.
 * @throws BackendError with the cause of a failed start
 */
export async function createBackend(paths: WasmPaths | undefined): Promise<KernelBackend> {
  await requireCompilation();
  const { module, memory } = await start(paths);
  guardMemory(module);
  module.tfjs = {
    init: module.cwrap('init', null, []),
    initWithThreadsCount: module.cwrap('init_with_threads_count', null, ['number']),
    getThreadsCount: module.cwrap('get_threads_count', 'number', []),
    registerTensor: module.cwrap('register_tensor', null, ['number', 'number', 'number']),
    disposeData: module.cwrap('dispose_data', null, ['number']),
    dispose: module.cwrap('dispose', null, []),
  };
  const backend = new BackendWasm(module as never);
  if (memory !== undefined) await addCode(backend, memory);
  return backend;
}

/** An empty WebAssembly module. */
const EMPTY = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

/** @throws BackendError if the page's Content-Security-Policy forbids WebAssembly */
async function requireCompilation(): Promise<void> {
  try {
    await WebAssembly.compile(EMPTY);
  } catch (e) {
    throw new BackendError(
      `WebAssembly may not be compiled here: ${(e as Error).message}; a Content-Security-Policy allows it by script-src 'wasm-unsafe-eval', or use { backend: 'cpu' }`,
      { cause: e },
    );
  }
}

interface Started {
  readonly module: Module;
  /** The instance's memory; undefined without SIMD. */
  readonly memory: WebAssembly.Memory | undefined;
}

async function start(paths: WasmPaths | undefined): Promise<Started> {
  const has = (feature: string): Promise<unknown> => env().getAsync(`WASM_HAS_${feature}_SUPPORT`);
  const simd = canUngzip() && (await has('SIMD'));
  const threads = simd && (await has('MULTITHREAD')) ? await threadScripts() : undefined;
  if (threads === undefined)
    return run(
      await import('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js'),
      simd ? 'simd' : 'baseline',
      paths,
    );
  const factory = await import('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js');
  return run(factory, 'threaded', paths, { mainScriptUrlOrBlob: threads.main, locateFile: () => threads.worker });
}

/** @param threads further settings of the loader with threads */
function run(
  imported: { readonly default: unknown },
  variant: Variant,
  paths: WasmPaths | undefined,
  threads: Partial<Settings> = {},
): Promise<Started> {
  const factory = imported.default as Factory;
  return new Promise<Started>((resolve, reject) => {
    let memory: WebAssembly.Memory | undefined;
    const closeScope = openCommonJsScope();
    try {
      const module = factory({
        ...threads,
        instantiateWasm(imports, receive) {
          instantiate(variant, paths, imports)
            .then(({ instance, module }) => {
              // the threaded variant imports its memory
              if (variant !== 'baseline') memory = memoryIn({ exports: instance.exports, ...imports });
              receive(instance, module);
            })
            .catch(reject);
          return {};
        },
        onAbort: (reason) => reject(new BackendError(`the WebAssembly binary aborted: ${reason}`)),
      });
      module.then((started) => resolve({ module: started, memory }), reject);
    } finally {
      closeScope();
    }
  });
}

const memoryIn = (modules: WebAssembly.Imports): WebAssembly.Memory | undefined =>
  Object.values(modules)
    .flatMap((values) => Object.values(values) as unknown[])
    .find((value): value is WebAssembly.Memory => value instanceof WebAssembly.Memory);
