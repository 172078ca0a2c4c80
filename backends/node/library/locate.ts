/** Finds libtensorflow, for the backend `node`, in a fixed order of locations. */

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
  /** A dependency of `main`, to be loaded before it with global symbols. */
  readonly framework: string;
  /** The location at which it was found, in words. */
  readonly source: string;
}

/** A location without the library. */
export interface Miss {
  readonly source: string;
  /** Absent if the location has no folder to search. */
  readonly dir?: string;
  readonly missing: string;
}

export interface Search {
  /** Absent if no location has it. */
  readonly library?: NativeLibrary;
  /** The locations searched before it, in order. */
  readonly misses: readonly Miss[];
}

export interface LocateOptions {
  /** The only folder to search. */
  readonly dir?: string | undefined;
  readonly env?: Environment;
  /** Files from which to resolve tfjs-node: by default this one, and one in the working folder. */
  readonly from?: readonly string[];
  /** Whether to search Python environments; by default true. */
  readonly python?: boolean;
}

interface Names {
  readonly main: readonly string[];
  readonly framework: readonly string[];
}

/** File names in Python's TensorFlow, then in releases of the C library and in tfjs-node. */
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

/** Undefined on systems for which TensorFlow's library is not available in a usable form. */
export const libraryNames = (): Names | undefined => NAMES[process.platform];

const REMEDY =
  '`npx retrograph setup-native` gets it; or name its folder by --libtensorflow or RETROGRAPH_LIBTENSORFLOW';

/**
 * Searches for the library.
 * @throws NativeLibraryError on an unsupported system, or if a folder named by the user lacks a valid library
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

/** Finds the library. @throws NativeLibraryError listing all searched locations */
export function locateLibrary(options?: LocateOptions): NativeLibrary {
  const { library, misses } = searchLibrary(options);
  if (library !== undefined) return library;
  throw new NativeLibraryError(
    `TensorFlow's library (libtensorflow) was not found:\n${describeMisses(misses)}`,
    REMEDY,
  );
}

/** A line for each location. */
export const describeMisses = (misses: readonly Miss[]): string =>
  misses.map(({ source, dir, missing }) => `  ${source}${dir === undefined ? '' : ` (${dir})`}: ${missing}`).join('\n');

/** The library in a folder named by the user, or in its `lib`, as in an unpacked release. @throws NativeLibraryError */
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

/** The library in a folder, if it exists and is not damaged. */
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

/** Only checked on Linux: macOS's loader rejects truncated libraries. */
function damageOf(file: string): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return findDamage(file);
  } catch (e) {
    return `it cannot be read (${(e as Error).message})`;
  }
}

interface Source {
  readonly source: string;
  readonly folders: (env: Environment, from: readonly string[]) => readonly string[];
  /** The reason if there is no folder to search. */
  readonly absent: string;
}

const OWN: readonly Source[] = [
  { source: 'tfjs-node', folders: (_env, from) => tfjsNodeLibraries(from), absent: 'it is not installed' },
  { source: "setup-native's cache", folders: (env) => [libraryFolder(env)], absent: 'there is none' },
];

/** python3 is last, since it starts a process. */
const PYTHON: readonly Source[] = [
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

/** `deps/lib` of the tfjs-node packages that can be resolved from these files. */
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

/** Prints the folders of a Python package without importing it. */
const FIND_TENSORFLOW = `
import importlib.util
found = importlib.util.find_spec('tensorflow')
print('\\n'.join(found.submodule_search_locations or []) if found else '')`;

const asked = new Map<string | undefined, readonly string[]>();

/** TensorFlow's folders according to `python3`, cached by PATH. */
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
