/**
 * tfjs's WebAssembly binary: the package's own, which is a module for each kind of processor, so that every bundler carries it; or a
 * file that `setWasmPaths` names.
 */
import { BackendError } from '../../engine/index.ts';
import { importNative } from '../import-native.ts';
import type { WasmPaths } from './paths.ts';
import { ungzip } from './ungzip.ts';

/** What the binary needs: SIMD and threads are not everywhere. */
export type Variant = 'baseline' | 'simd' | 'threaded';

type Instantiated = Promise<WebAssembly.WebAssemblyInstantiatedSource>;

const FILES: Readonly<Record<Variant, string>> = {
  baseline: 'tfjs-backend-wasm.wasm',
  simd: 'tfjs-backend-wasm-simd.wasm',
  threaded: 'tfjs-backend-wasm-threaded-simd.wasm',
};

/**
 * An instance of the binary with these imports.
 * @throws BackendError where it cannot be had: it names the address that was tried, what came back, and what to do
 */
export async function instantiate(
  variant: Variant,
  paths: WasmPaths | undefined,
  imports: WebAssembly.Imports,
): Instantiated {
  if (paths === undefined) return WebAssembly.instantiate(await packaged(variant), imports);
  const address = addressOf(FILES[variant], paths);
  const file = await open(address);
  if (!(file instanceof Response)) return WebAssembly.instantiate(requireWasm(file, address), imports);
  const type = file.headers.get('Content-Type')?.split(';')[0];
  // a server that names another type cannot be streamed from
  return type === 'application/wasm'
    ? WebAssembly.instantiateStreaming(file, imports)
    : WebAssembly.instantiate(requireWasm(await file.arrayBuffer(), address, type), imports);
}

async function packaged(variant: Variant): Promise<BufferSource> {
  try {
    if (variant === 'baseline') return fromBase64((await import('./binaries/baseline.ts')).wasm);
    const { wasmGzip } = await (variant === 'simd' ? import('./binaries/simd.ts') : import('./binaries/threaded.ts'));
    return await ungzip(fromBase64(wasmGzip));
  } catch (e) {
    throw new BackendError(
      `the module with the WebAssembly binary, a part of the bundle that is loaded when it is needed, did not load: ${(e as Error).message}`,
      { cause: e },
    );
  }
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

/** @throws BackendError for a record of addresses without that file */
function addressOf(file: string, paths: WasmPaths): string {
  if (typeof paths === 'string') return `${paths}${paths === '' || paths.endsWith('/') ? '' : '/'}${file}`;
  const address = paths[file];
  if (address === undefined)
    throw new BackendError(
      `setWasmPaths names no address of '${file}', which is needed here; it names ${Object.keys(paths).join(', ') || 'none'}`,
    );
  return address;
}

const REMEDY = 'without setWasmPaths, the binary that comes with the package is used';

/** What a page fetches, or Node reads from its disk. */
async function open(address: string): Promise<Response | BufferSource> {
  const isFile = !/^(https?|data|blob):/.test(address);
  if (isFile && typeof process === 'object' && process.versions?.node !== undefined) {
    const { readFile } = await importNative<typeof import('node:fs/promises')>('node:fs/promises');
    return readFile(address.startsWith('file:') ? new URL(address) : address).catch((e: Error) => {
      throw new BackendError(`the WebAssembly binary '${address}' cannot be read: ${e.message}; ${REMEDY}`, {
        cause: e,
      });
    });
  }
  const response = await fetch(address, { credentials: 'same-origin' }).catch((e: Error) => {
    throw new BackendError(
      `the WebAssembly binary could not be fetched from '${address}': ${e.message} (a server that is down, another origin, or a policy whose connect-src does not list it); ${REMEDY}`,
      { cause: e },
    );
  });
  if (!response.ok)
    throw new BackendError(
      `'${response.url}' answered ${response.status} where the WebAssembly binary should be; ${REMEDY}`,
    );
  return response;
}

const MAGIC = [0x00, 0x61, 0x73, 0x6d];

/** A page in place of the file is what many servers answer with, and 200, for what they do not have. */
function requireWasm<T extends BufferSource>(file: T, address: string, type?: string): T {
  const bytes = ArrayBuffer.isView(file)
    ? new Uint8Array(file.buffer, file.byteOffset, file.byteLength)
    : new Uint8Array(file);
  if (MAGIC.every((byte, i) => bytes[i] === byte)) return file;
  throw new BackendError(
    `'${address}' gave ${bytes.length} bytes${type === undefined ? '' : ` of type ${type}`} that are not WebAssembly; ${REMEDY}`,
  );
}
