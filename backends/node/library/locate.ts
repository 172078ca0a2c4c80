/** Finds libtensorflow, which the backend `node` runs on: a search in an order that can be told. */

import { execFileSync, type StdioOptions } from 'node:child_process';
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { resolveFrom } from '../../resolve-from.ts';
import { type Environment, libraryFolder, TFJS_NODE } from './cache.ts';
import { findDamage } from './elf.ts';
import { NativeLibraryError } from './error.ts';

export interface NativeLibrary {
  readonly dir: string;
  /** The library with the C API. */
  readonly main: string;
  /** What `main` needs, to be loaded before it with its symbols visible to others. */
  readonly framework: string;
  /** The place of the search that has it, in words. */
  readonly source: string;
}

/** A place that has none. */
export interface Miss {
  readonly source: string;
  /** Absent where there is no folder to look into. */
  readonly dir?: string;
  readonly missing: string;
}

export interface Search {
  /** Absent where no place has it. */
  readonly library?: NativeLibrary;
  /** The places before that one, in order. */
  readonly misses: readonly Miss[];
}

export interface LocateOptions {
  /** The folder to take, and no other. */
  readonly dir?: string | undefined;
  readonly env?: Environment;
  /** Files whose packages may have a tfjs-node: by default this one, and one where the user is. */
  readonly from?: readonly string[];
  /** Whether the TensorFlow of a Python counts: by default it does. */
  readonly python?: boolean;
}

interface Names {
  readonly main: readonly string[];
  readonly framework: readonly string[];
}

/** As in Python's TensorFlow, then as in the C library's own releases and in tfjs-node. */
const NAMES: Readonly<Record<string, Names>> = {
  linux: {
    main: ['libtensorflow_cc.so.2', 'libtensorflow.so.2', 'libtensorflow.so'],
    framework: ['libtensorflow_framework.so.2', 'libtensorflow_framework.so'],
  },
  darwin: {
    main: ['libtensorflow_cc.2.dylib', 'libtensorflow.2.dylib', 'libtensorflow.dylib'],
    framework: ['libtensorflow_framework.2.dylib', 'libtensorflow_framework.dylib'],
  },
};

/** Undefined where TensorFlow's library is not made for this system in a form that we can use. */
export const libraryNames = (): Names | undefined => NAMES[process.platform];

const REMEDY =
  '`npx retrograph setup-native` gets it; or name its folder by --libtensorflow or RETROGRAPH_LIBTENSORFLOW';

/**
 * The library, and the places before it that have none.
 * @throws NativeLibraryError where a folder that was named lacks it, or where it is broken
 */
export function searchLibrary({
  dir,
  env = process.env,
  from = [...(import.meta.url ? [import.meta.url] : []), resolve('package.json')],
  python = true,
}: LocateOptions = {}): Search {
  if (libraryNames() === undefined)
    throw new NativeLibraryError(
      `TensorFlow's library cannot be used on ${process.platform}`,
      'it runs on Linux and macOS, and in the Windows Subsystem for Linux',
    );
  const named = dir
    ? { source: '--libtensorflow', dir }
    : { source: 'RETROGRAPH_LIBTENSORFLOW', dir: env.RETROGRAPH_LIBTENSORFLOW };
  if (named.dir) return { library: requireIn(named.source, resolve(named.dir)), misses: [] };

  const misses: Miss[] = [];
  for (const { source, folders, absent } of python ? [...OWN, ...PYTHON] : OWN) {
    const dirs = folders(env, from);
    if (dirs.length === 0) misses.push({ source, missing: absent });
    for (const dir of dirs) {
      const found = lookInto(source, dir);
      if (!('missing' in found)) return { library: found, misses };
      misses.push(found);
    }
  }
  return { misses };
}

/** @throws NativeLibraryError where there is none, with all places that were looked in */
export function locateLibrary(options?: LocateOptions): NativeLibrary {
  const { library, misses } = searchLibrary(options);
  if (library !== undefined) return library;
  throw new NativeLibraryError(
    `TensorFlow's library (libtensorflow) was not found:\n${describeMisses(misses)}`,
    REMEDY,
  );
}

/** A line for each place. */
export const describeMisses = (misses: readonly Miss[]): string =>
  misses.map(({ source, dir, missing }) => `  ${source}${dir === undefined ? '' : ` (${dir})`}: ${missing}`).join('\n');

/** A folder that was named: itself, or the `lib` of an unpacked release. */
function requireIn(source: string, dir: string): NativeLibrary {
  const [first, second] = [lookInto(source, dir), lookInto(source, join(dir, 'lib'))];
  if (!('missing' in first)) return first;
  if (!('missing' in second)) return second;
  const isFile = statSync(dir, { throwIfNoEntry: false })?.isFile() ?? false;
  throw new NativeLibraryError(
    `${source} names ${dir}: ${isFile ? 'that is a file; name its folder' : first.missing}`,
    'without it, the library is looked for, and `npx retrograph setup-native` gets it',
  );
}

/** The library in a folder, if it is there and whole. */
export function lookInto(source: string, dir: string): NativeLibrary | Miss {
  const names = libraryNames()!;
  if (!existsSync(dir)) return { source, dir, missing: 'there is no such folder' };
  const [main, framework] = [names.main, names.framework].map((n) => n.map((name) => join(dir, name)).find(existsSync));
  if (main === undefined) return { source, dir, missing: `no ${names.main.join(' or ')}` };
  if (framework === undefined) return { source, dir, missing: `no ${names.framework.join(' or ')}` };
  for (const file of [main, framework]) {
    const damage = damageOf(file);
    if (damage !== undefined) return { source, dir, missing: `${basename(file)} is damaged: ${damage}` };
  }
  return { dir, main, framework, source };
}

/** On macOS the loader itself refuses what is truncated. */
function damageOf(file: string): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return findDamage(file);
  } catch (e) {
    return `it cannot be read (${(e as Error).message})`;
  }
}

interface Place {
  readonly source: string;
  readonly folders: (env: Environment, from: readonly string[]) => readonly string[];
  /** What is missing where there is no folder to look into. */
  readonly absent: string;
}

const OWN: readonly Place[] = [
  { source: 'tfjs-node', folders: (_env, from) => tfjsNodeLibraries(from), absent: 'it is not installed' },
  { source: "setup-native's cache", folders: (env) => [libraryFolder(env)], absent: 'there is none' },
];

/** The last one, the only one that starts a process, is asked when all others have nothing. */
const PYTHON: readonly Place[] = [
  {
    source: 'VIRTUAL_ENV',
    folders: (env) => inEnvironment(env.VIRTUAL_ENV),
    absent: 'no Python environment with TensorFlow is active',
  },
  {
    source: 'CONDA_PREFIX',
    folders: (env) => inEnvironment(env.CONDA_PREFIX),
    absent: 'no conda environment with TensorFlow is active',
  },
  { source: 'python3', folders: inPython, absent: 'it has no TensorFlow' },
];

/** `deps/lib` of the tfjs-node that we, or the user's project, depend on. */
function tfjsNodeLibraries(from: readonly string[]): readonly string[] {
  const packages = from.flatMap((file) => {
    try {
      return [dirname(realpathSync(resolveFrom(file, `${TFJS_NODE}/package.json`)))];
    } catch {
      return [];
    }
  });
  return [...new Set(packages)].map((folder) => join(folder, 'deps', 'lib'));
}

/** TensorFlow's folders in a Python environment. */
function inEnvironment(prefix: string | undefined): readonly string[] {
  if (!prefix) return [];
  const lib = join(prefix, 'lib');
  const pythons = existsSync(lib) ? readdirSync(lib).filter((name) => /^python3\.\d+$/.test(name)) : [];
  return pythons.map((python) => join(lib, python, 'site-packages', 'tensorflow')).filter(existsSync);
}

/** Finds a package without running it. */
const FIND_TENSORFLOW = `
import importlib.util
found = importlib.util.find_spec('tensorflow')
print('\\n'.join(found.submodule_search_locations or []) if found else '')`;

const asked = new Map<string | undefined, readonly string[]>();

/** TensorFlow's folders by `python3`, which is asked once. */
function inPython(env: Environment): readonly string[] {
  const known = asked.get(env.PATH);
  if (known !== undefined) return known;
  const folders = askPython(env);
  asked.set(env.PATH, folders);
  return folders;
}

function askPython(env: Environment): readonly string[] {
  try {
    const stdio: StdioOptions = ['ignore', 'pipe', 'ignore'];
    const out = execFileSync('python3', ['-c', FIND_TENSORFLOW], {
      env: { ...env },
      encoding: 'utf8',
      timeout: 10_000,
      stdio,
    });
    return out.split('\n').filter((line) => line !== '');
  } catch {
    return []; // there is no python3, or a broken one
  }
}
