/** The paths of the cache in which `retrograph setup-native` installs libraries. */

import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { resolveFrom } from '../../resolve-from.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The version of tfjs-node that goes with our tfjs-core. */
export const TFJS_NODE = '@tensorflow/tfjs-node';
export const TFJS_NODE_VERSION = '4.22.0';

/** RETROGRAPH_CACHE, else `retrograph` in the system's cache folder. */
export function cacheFolder(env: Environment = process.env): string {
  if (env.RETROGRAPH_CACHE) return resolve(env.RETROGRAPH_CACHE);
  return join(systemCache(env), 'retrograph');
}

function systemCache({ LOCALAPPDATA, XDG_CACHE_HOME }: Environment): string {
  if (process.platform === 'darwin') return join(home(), 'Library', 'Caches');
  if (process.platform === 'win32') return LOCALAPPDATA || join(home(), 'AppData', 'Local');
  return XDG_CACHE_HOME || join(home(), '.cache');
}

/** The home folder; the temporary folder for users without one, as in some containers. */
function home(): string {
  try {
    return homedir();
  } catch {
    return tmpdir();
  }
}

/** Part of the paths, since machines of several platforms may share a home. */
const PLATFORM = `${process.platform}-${process.arch}`;

/** The folder of TensorFlow's library. */
export const libraryFolder = (env?: Environment): string => join(cacheFolder(env), `libtensorflow-${PLATFORM}`);

/** The real path of a package that this library depends on. */
export const ownPackage = (name: string): string =>
  dirname(realpathSync(resolveFrom(import.meta.url, `${name}/package.json`)));

/**
 * The folder of tfjs-node with its `node_modules`. Its kernels register in the process's tfjs-core, so each installation of tfjs-core has
 * its own tfjs-node, linked to it.
 */
export function tfjsNodeFolder(env?: Environment): string {
  const key = createHash('sha256').update(ownPackage('@tensorflow/tfjs-core')).digest('hex').slice(0, 12);
  return join(cacheFolder(env), `tfjs-node-${TFJS_NODE_VERSION}-${PLATFORM}-${key}`);
}
