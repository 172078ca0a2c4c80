/** A user's project: the tools, which are installed once for each state of their lock file, and the package as it is packed now. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../backends/node/library/cache.ts';
import { packPackage } from '../support/package.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Thrown where the tools cannot be had. */
export class ToolsMissing extends Error {}

/** @returns the project's folder @throws ToolsMissing */
export function makeProject(): string {
  // not under a folder node_modules: tools take what lies there for packages
  const key = createHash('sha256')
    .update(readFileSync(join(HERE, 'package-lock.json')))
    .update(ROOT);
  const folder = join(cacheFolder(), `platforms-${key.digest('hex').slice(0, 12)}`);
  if (!existsSync(folder)) installTools(folder);
  for (const name of ['out', 'next', 'pnpm']) rmSync(join(folder, name), { recursive: true, force: true });
  cpSync(join(HERE, 'project'), folder, { recursive: true });
  mkdirSync(join(folder, 'out'));
  mkdirSync(join(folder, 'pnpm'));
  const { packed, remove } = packPackage();
  try {
    cpSync(packed, join(folder, 'pnpm/retrograph.tgz'));
    npm(['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', packed], folder);
  } finally {
    remove();
  }
  writeVariants(folder);
  return folder;
}

function installTools(folder: string): void {
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  try {
    for (const name of ['package.json', 'package-lock.json']) cpSync(join(HERE, name), join(partial, name));
    npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], partial);
    renameSync(partial, folder);
  } catch (e) {
    rmSync(partial, { recursive: true, force: true });
    throw new ToolsMissing(`the tools could not be installed: ${(e as Error).message}`);
  }
}

function npm(args: readonly string[], cwd: string): void {
  const { status, stderr, error } = spawnSync('npm', args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ${args.join(' ')}: ${error?.message ?? stderr}`);
}

/** The program in other forms, line by line the same. */
function writeVariants(folder: string): void {
  const program = readFileSync(join(folder, 'program.js'), 'utf8');
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);
  const imports = /^import \{(.*)\} from '(.*)';$/gm;
  const commonJs = program
    .replace(imports, (_, names: string, from: string) => `const {${names}} = require('${from}');`)
    .replace('export async function run', 'exports.run = run; async function run');
  write('out/program.cjs', commonJs);
  write('out/script.cjs', `require('./program.cjs').run().then((result) => console.log(JSON.stringify(result)));`);
  write('out/program.ts', program); // tsx compiles, and checks no types
  write('out/script.ts', `import { run } from './program.ts'; console.log(JSON.stringify(await run()));`);
  cpSync(join(folder, 'program.js'), join(folder, 'next/app/program.js'));
  for (const name of ['program.js', 'script.js', 'page.js']) cpSync(join(folder, name), join(folder, 'pnpm', name));
  write('pnpm/package.json', JSON.stringify({ private: true, type: 'module' }));
  const single = program.replace(imports, (_, names: string, from: string) => {
    const entry = from.split('/')[1];
    return entry === undefined
      ? `import { compile, Graph, map, initializers, layers, ops, optimizers } from './retrograph.min.js';`
      : `const {${names}} = ${entry};`;
  });
  mkdirSync(join(folder, 'out/single-file'));
  write('out/single-file/program.js', single);
  cpSync(join(folder, 'page.js'), join(folder, 'out/single-file/page.js'));
  cpSync(
    join(folder, 'node_modules/retrograph/dist/retrograph.min.js'),
    join(folder, 'out/single-file/retrograph.min.js'),
  );
}
