/**
 * Loads tfjs's WebAssembly binary: the package's copy, stored in JavaScript modules so that every bundler includes it, or a file that
 * `setWasmPaths` names.
 */
import { BackendError } from '../../engine/index.ts';
import { importNative } from '../import-native.ts';
import type { WasmPaths } from './paths.ts';
import { ungzip } from './ungzip.ts';

/** The binary's variants by the WebAssembly features that they need. */
export type Variant = 'baseline' | 'simd' | 'threaded';

type Instantiated = Promise<WebAssembly.WebAssemblyInstantiatedSource>;

const FILES: Readonly<Record<Variant, string>> = {
  baseline: 'tfjs-backend-wasm.wasm',
  simd: 'tfjs-backend-wasm-simd.wasm',
  threaded: 'tfjs-backend-wasm-threaded-simd.wasm',
};

/**
 * Instantiates the binary with these imports.
 * @throws BackendError if it cannot be loaded, naming the address, the response and a remedy
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
  // streaming requires this content type
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
      `the module with the WebAssembly binary, a chunk of the bundle that is loaded on demand, did not load: ${(e as Error).message}`,
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

/** @throws BackendError if a record of addresses lacks the file */
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

/** Fetches the file, or reads it from disk in Node. */
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

/** Checks the file's magic number: many servers return an HTML page with status 200 for a missing file. @throws BackendError */
function requireWasm<T extends BufferSource>(file: T, address: string, type?: string): T {
  const bytes = ArrayBuffer.isView(file)
    ? new Uint8Array(file.buffer, file.byteOffset, file.byteLength)
    : new Uint8Array(file);
  if (MAGIC.every((byte, i) => bytes[i] === byte)) return file;
  throw new BackendError(
    `'${address}' gave ${bytes.length} bytes${type === undefined ? '' : ` of type ${type}`} that are not WebAssembly; ${REMEDY}`,
  );
}
