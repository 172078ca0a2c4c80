/** tfjs-node, for its kernels: found, mended for newer Nodes, and loaded on the same library file as everything else. */

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

/** The version of Node's own interface that the binding is built for; every Node that we run on has it. */
export const NAPI_VERSION = 8;

/** Its compiled part, in the package's folder. */
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

/**
 * The folder of a tfjs-node that can be loaded: it is built, on the library that everything else uses.
 * @throws NativeLibraryError
 */
export function locateTfjsNode(options: LocateOptions = {}): string {
  const folder = findTfjsNode(options.env);
  if (folder === undefined) throw new NativeLibraryError(`${TFJS_NODE} is not built here`, REMEDY);
  requireSameLibrary(folder, options);
  return folder;
}

let loaded: Promise<string> | undefined;

/**
 * Imports tfjs-node, once: it registers the backend 'tensorflow' and its kernels with our tfjs-core, and makes it tfjs's current one.
 * Gives the package's folder.
 * @throws NativeLibraryError where it is absent or broken, or on another library than the one that is in use
 */
export function loadTfjsNode(options: LocateOptions = {}): Promise<string> {
  loaded ??= load(options).catch((e: unknown) => {
    loaded = undefined; // it may be there the next time
    throw e;
  });
  return loaded;
}

async function load(options: LocateOptions): Promise<string> {
  const folder = locateTfjsNode(options);
  mendNode();
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'; // else it writes about the processor at each start
  try {
    await importNative(pathToFileURL(join(folder, 'dist', 'index.js')).href);
  } catch (e) {
    throw new NativeLibraryError(`${TFJS_NODE} in ${folder} does not load: ${(e as Error).message}`, REMEDY, e);
  }
  return folder;
}

/** Two copies of TensorFlow in one process end it. */
function requireSameLibrary(folder: string, options: LocateOptions): void {
  const own = lookInto('tfjs-node', join(folder, 'deps', 'lib'));
  if ('missing' in own)
    throw new NativeLibraryError(`${TFJS_NODE} in ${folder} has no library: ${own.missing}`, REMEDY);
  const { main, source } = locateLibrary(options);
  if (realpathSync(own.main) !== realpathSync(main))
    throw new NativeLibraryError(
      `a process holds one TensorFlow: ${TFJS_NODE} is built on ${realpathSync(own.main)}, ${source} says ${main}`,
      'name none, or the one that it is built on',
    );
}

/** tfjs-node calls a function that Node 23 took away, and another that Node 22 and later ones warn of. */
function mendNode(): void {
  const mended = { isArray: Array.isArray, isNullOrUndefined: (x: unknown) => x === undefined || x === null };
  for (const [name, value] of Object.entries(mended))
    Object.defineProperty(util, name, { value, configurable: true, writable: true });
}
