/** The package as npm packs it, in a folder with what it depends on: neither its sources nor its development's packages. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MODULES = realpathSync(join(ROOT, 'node_modules'));
/** What a checkout has and git has not; dist is built anew. */
const LEFT_BEHIND = new Set(['node_modules', '.git', 'dist', 'coverage', 'reports']);

export interface Installed {
  /** The folder of a user's project, whose modules may import the package. */
  readonly folder: string;
  /** What was packed, by paths in the package. */
  readonly files: readonly string[];
  remove(): void;
}

/** The package as a file, built of a copy of the checkout. */
export function packPackage(): { readonly packed: string; remove(): void } {
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'retrograph-pack-')));
  const remove = (): void => rmSync(temporary, { recursive: true, force: true });
  try {
    return { packed: pack(join(temporary, 'checkout')), remove };
  } catch (e) {
    remove();
    throw e;
  }
}

/** Builds and packs a copy of the checkout, which stays as it is, and installs that. Takes most of a minute. */
export function installPackage(): Installed {
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'retrograph-package-')));
  const remove = (): void => rmSync(temporary, { recursive: true, force: true });
  try {
    const folder = join(temporary, 'project');
    const files = install(pack(join(temporary, 'checkout')), folder);
    return { folder, files, remove };
  } catch (e) {
    remove();
    throw e;
  }
}

/** The path of the packed file. */
function pack(checkout: string): string {
  cpSync(ROOT, checkout, { recursive: true, filter: (path) => !LEFT_BEHIND.has(basename(path)) });
  link(MODULES, join(checkout, 'node_modules'));
  // without npm's own call of the build: it would first install what is missing, into the linked folder
  run(process.execPath, ['scripts/build.mjs'], checkout);
  run('npm', ['pack', '--silent', '--ignore-scripts'], checkout);
  return join(checkout, readdirSync(checkout).find((name) => name.endsWith('.tgz'))!);
}

/** By hand, so that it takes no network: the package's dependencies are those of the checkout. */
function install(packed: string, folder: string): readonly string[] {
  const home = join(folder, 'node_modules/retrograph');
  mkdirSync(home, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  run('tar', ['-xzf', packed, '--strip-components=1'], home);
  const { dependencies } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) link(join(MODULES, name), join(folder, 'node_modules', name));
  return run('tar', ['-tzf', packed], home)
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''));
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'junction');
}

function run(command: string, args: readonly string[], cwd: string): string {
  const shell = process.platform === 'win32';
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, shell, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr + stdout}`);
  return stdout;
}
