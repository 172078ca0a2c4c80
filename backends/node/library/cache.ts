/** Where `retrograph setup-native` keeps what it gets, and where the backend looks for it. */

import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { resolveFrom } from '../../resolve-from.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The version of tfjs-node that goes with our tfjs-core. */
export const TFJS_NODE = '@tensorflow/tfjs-node';
export const TFJS_NODE_VERSION = '4.22.0';

/** RETROGRAPH_CACHE, else a folder of ours where the system keeps caches. */
export function cacheFolder(env: Environment = process.env): string {
  if (env.RETROGRAPH_CACHE) return resolve(env.RETROGRAPH_CACHE);
  return join(systemCache(env), 'retrograph');
}

function systemCache({ LOCALAPPDATA, XDG_CACHE_HOME }: Environment): string {
  if (process.platform === 'darwin') return join(home(), 'Library', 'Caches');
  if (process.platform === 'win32') return LOCALAPPDATA || join(home(), 'AppData', 'Local');
  return XDG_CACHE_HOME || join(home(), '.cache');
}

/** A user who has none, as in some containers, has one for as long as the system keeps temporary files. */
function home(): string {
  try {
    return homedir();
  } catch {
    return tmpdir();
  }
}

/** A home may be shared by machines of several kinds. */
const PLATFORM = `${process.platform}-${process.arch}`;

/** Of TensorFlow's library. */
export const libraryFolder = (env?: Environment): string => join(cacheFolder(env), `libtensorflow-${PLATFORM}`);

/** Our own package of that name, as a real path. */
export const ownPackage = (name: string): string =>
  dirname(realpathSync(resolveFrom(import.meta.url, `${name}/package.json`)));

/**
 * Of tfjs-node, with its `node_modules`. Kernels register in the one tfjs-core that a process has, so each installation of tfjs-core
 * has a tfjs-node of its own, linked to it.
 */
export function tfjsNodeFolder(env?: Environment): string {
  const key = createHash('sha256').update(ownPackage('@tensorflow/tfjs-core')).digest('hex').slice(0, 12);
  return join(cacheFolder(env), `tfjs-node-${TFJS_NODE_VERSION}-${PLATFORM}-${key}`);
}
