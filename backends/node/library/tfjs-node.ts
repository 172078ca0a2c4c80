/** Finds tfjs-node, patches Node's util for it, and loads it on the library file that whole programs use. */

import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import util from 'node:util';
import { importNative } from '../../import-native.ts';
import { resolveFrom } from '../../resolve-from.ts';
import { TFJS_NODE, tfjsNodeFolder } from './cache.ts';
import { NativeLibraryError } from './error.ts';
import { type LocateOptions, locateLibrary, lookInto } from './locate.ts';

const REMEDY = '`npx retrograph setup-native --op-by-op` builds it';

/** The Node-API version of the binding, which all supported Node versions have. */
export const NAPI_VERSION = 8;

/** The compiled addon in the package's folder. */
export const bindingIn = (folder: string): string => join(folder, 'lib', `napi-v${NAPI_VERSION}`, 'tfjs_binding.node');

/** The package in setup-native's cache. */
export const cachedTfjsNode = (env?: LocateOptions['env']): string =>
  join(tfjsNodeFolder(env), 'node_modules', TFJS_NODE);

/** The folder of a tfjs-node with a binding: the installed one, else the one that setup-native built. */
export const findTfjsNode = (env?: LocateOptions['env']): string | undefined =>
  [installedTfjsNode(), cachedTfjsNode(env)].find((dir) => dir !== undefined && existsSync(bindingIn(dir)));

function installedTfjsNode(): string | undefined {
  try {
    return dirname(realpathSync(resolveFrom(import.meta.url, `${TFJS_NODE}/package.json`)));
  } catch {
    return undefined;
  }
}

/** The folder of a tfjs-node that is built on the library in use. @throws NativeLibraryError */
export function locateTfjsNode(options: LocateOptions = {}): string {
  const folder = findTfjsNode(options.env);
  if (folder === undefined) throw new NativeLibraryError(`${TFJS_NODE} is not built here`, REMEDY);
  requireSameLibrary(folder, options);
  return folder;
}

let loaded: Promise<string> | undefined;

/**
 * Imports tfjs-node once: it registers the backend 'tensorflow' and its kernels in our tfjs-core, and makes it tfjs's current backend.
 * Returns the package's folder.
 * @throws NativeLibraryError if it is absent, broken, or built on another library than the one in use
 */
export function loadTfjsNode(options: LocateOptions = {}): Promise<string> {
  loaded ??= load(options).catch((e: unknown) => {
    loaded = undefined; // it may be installed before the next call
    throw e;
  });
  return loaded;
}

async function load(options: LocateOptions): Promise<string> {
  const folder = locateTfjsNode(options);
  patchNodeUtil();
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'; // otherwise it logs CPU features at each start
  try {
    await importNative(pathToFileURL(join(folder, 'dist', 'index.js')).href);
  } catch (e) {
    throw new NativeLibraryError(`${TFJS_NODE} in ${folder} does not load: ${(e as Error).message}`, REMEDY, e);
  }
  return folder;
}

/** Two copies of TensorFlow in one process crash it. @throws NativeLibraryError */
function requireSameLibrary(folder: string, options: LocateOptions): void {
  const linked = lookInto('tfjs-node', join(folder, 'deps', 'lib'));
  if ('missing' in linked)
    throw new NativeLibraryError(`${TFJS_NODE} in ${folder} has no library: ${linked.missing}`, REMEDY);
  const { main, source } = locateLibrary(options);
  if (realpathSync(linked.main) !== realpathSync(main))
    throw new NativeLibraryError(
      `a process holds one TensorFlow: ${TFJS_NODE} is built on ${realpathSync(linked.main)}, ${source} says ${main}`,
      'name none, or the one that it is built on',
    );
}

/** Defines util functions that tfjs-node calls: Node 23 removed one, and Node 22 and later warn about the other. */
function patchNodeUtil(): void {
  const functions = { isArray: Array.isArray, isNullOrUndefined: (x: unknown) => x === undefined || x === null };
  for (const [name, value] of Object.entries(functions))
    Object.defineProperty(util, name, { value, configurable: true, writable: true });
}
