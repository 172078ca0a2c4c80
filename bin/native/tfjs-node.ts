/** tfjs-node in the cache: installed without downloading its library, and compiled against the one in use. */
import { existsSync, realpathSync } from 'node:fs';
import { lstat, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ownPackage, TFJS_NODE, TFJS_NODE_VERSION, tfjsNodeFolder } from '../../backends/node/library/cache.ts';
import { NativeLibraryError } from '../../backends/node/library/error.ts';
import { lookInto, type NativeLibrary } from '../../backends/node/library/locate.ts';
import { bindingIn, cachedTfjsNode, findTfjsNode, NAPI_VERSION } from '../../backends/node/library/tfjs-node.ts';
import { note } from '../output.ts';
import { makeFolder } from './staging.ts';
import { runTool, type ToolError } from './tool.ts';

/** The headers of Node-API, so that Node's own headers are not needed. */
const NODE_HEADERS = 'node-api-headers';
const NODE_HEADERS_VERSION = '1.9.0';

/** Packages of which a process may have one copy only; the installed ones are used. */
const SHARED = ['tfjs-core', 'tfjs-backend-cpu', 'tfjs-backend-webgl'].map((name) => `@tensorflow/${name}`);

/** The folder of a tfjs-node that is built on the library; builds it if there is none. @throws NativeLibraryError */
export async function provideTfjsNode(library: NativeLibrary, force: boolean): Promise<string> {
  const found = findTfjsNode();
  const isOurs = found === cachedTfjsNode();
  if (found !== undefined && !(isOurs && (force || !isBuiltOn(found, library)))) {
    note(`${TFJS_NODE} is there already`);
    return found;
  }
  await removeOrphans(dirname(tfjsNodeFolder()));
  await makeFolder(tfjsNodeFolder(), (folder) => build(folder, library));
  return cachedTfjsNode();
}

/** Removes each tfjs-node from the cache whose installation of tfjs-core no longer exists, since nothing will use it. */
export async function removeOrphans(cache: string): Promise<void> {
  for (const name of existsSync(cache) ? await readdir(cache) : []) {
    const core = join(cache, name, 'node_modules', '@tensorflow', 'tfjs-core');
    const isLink = (await lstat(core).catch(() => undefined))?.isSymbolicLink() ?? false;
    if (name.startsWith('tfjs-node-') && isLink && !existsSync(core))
      await rm(join(cache, name), { recursive: true, force: true });
  }
}

function isBuiltOn(folder: string, library: NativeLibrary): boolean {
  const own = lookInto('', join(folder, 'deps', 'lib'));
  return !('missing' in own) && realpathSync(own.main) === realpathSync(library.main);
}

async function build(folder: string, library: NativeLibrary): Promise<void> {
  const headers = [join(library.dir, 'include'), join(dirname(library.dir), 'include')].find((include) =>
    existsSync(join(include, 'tensorflow', 'c', 'c_api.h')),
  );
  if (headers === undefined)
    throw new NativeLibraryError(
      `beside ${library.main} are no headers (include/tensorflow/c/c_api.h), which ${TFJS_NODE} is built with`,
      '`npx retrograph setup-native --force`, without RETROGRAPH_LIBTENSORFLOW, brings both',
    );
  const compiler = await findCompiler();
  note(`installing ${TFJS_NODE} ${TFJS_NODE_VERSION} in ${tfjsNodeFolder()}`);
  await installPackages(folder);
  const tfjsNode = join(folder, 'node_modules', TFJS_NODE);
  const libraries = await linkLibrary(library, join(tfjsNode, 'deps', 'lib'));
  note('compiling its binding');
  const nodeHeaders = join(folder, 'node_modules', NODE_HEADERS, 'include');
  await compile(compiler, tfjsNode, [headers, nodeHeaders], libraries);
}

/** Links to the library's files, so that a process loads only one copy. */
async function linkLibrary({ main, framework }: NativeLibrary, folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const links = [main, framework].map((file) => ({ file: realpathSync(file), link: join(folder, basename(file)) }));
  for (const { file, link } of links) await symlink(file, link);
  return links.map(({ link }) => link);
}

async function installPackages(folder: string): Promise<void> {
  const dependencies = { [TFJS_NODE]: TFJS_NODE_VERSION, [NODE_HEADERS]: NODE_HEADERS_VERSION };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  try {
    // its own install script would download another copy of the library
    await runTool('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], {
      cwd: folder,
    });
  } catch (e) {
    const { message, status } = e as ToolError;
    if (status === undefined)
      throw new NativeLibraryError(`there is no npm, which gets ${TFJS_NODE}`, 'install npm', e);
    throw new NativeLibraryError(`npm did not get ${TFJS_NODE}:\n${message}`, 'run it again when that is mended', e);
  }
  for (const name of SHARED) {
    const path = join(folder, 'node_modules', name);
    await rm(path, { recursive: true, force: true });
    await symlink(ownPackage(name), path);
  }
}

interface Compiler {
  readonly command: string;
  readonly args: readonly string[];
}

/** The compiler in CXX, or else the system's. @throws NativeLibraryError */
async function findCompiler(): Promise<Compiler> {
  const [command = 'c++', ...args] = (process.env.CXX ?? '').split(' ').filter((word) => word !== '');
  try {
    await runTool(command, [...args, '--version']);
    return { command, args };
  } catch (e) {
    throw new NativeLibraryError(
      `${TFJS_NODE} has to be compiled, and there is no C++ compiler (${command})`,
      'install one (Debian: apt-get install g++; macOS: xcode-select --install), or name it by CXX; without --op-by-op none is needed',
      e,
    );
  }
}

/** Node's symbols are resolved when the binding is loaded, and the library is found relative to it. */
const LINKING: Readonly<Record<string, readonly string[]>> = {
  linux: ['-shared', '-Wl,-rpath,$ORIGIN/../../deps/lib'],
  darwin: ['-shared', '-Wl,-rpath,@loader_path/../../deps/lib', '-undefined', 'dynamic_lookup'],
};

/** Compiles like the package's binding.gyp, without node-gyp and its dependencies. */
async function compile(
  { command, args }: Compiler,
  tfjsNode: string,
  headers: readonly string[],
  libraries: readonly string[],
): Promise<void> {
  const binding = bindingIn(tfjsNode);
  await mkdir(dirname(binding), { recursive: true });
  const options = ['-fPIC', '-O2', '-std=c++17', `-DNAPI_VERSION=${NAPI_VERSION}`];
  const includes = headers.flatMap((folder) => ['-I', folder]);
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(tfjsNode, 'binding', name));
  const inputs = [...options, ...includes, ...sources, ...libraries];
  try {
    await runTool(command, [...args, ...inputs, ...LINKING[process.platform]!, '-o', binding]);
  } catch (e) {
    throw new NativeLibraryError(
      `the binding of ${TFJS_NODE} does not compile:\n${(e as ToolError).message}`,
      'another compiler can be named by CXX; without --op-by-op none is needed',
      e,
    );
  }
}
