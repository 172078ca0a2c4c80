// Makes a checkout ready to run: installs the dependencies if node_modules lacks any in package-lock.json, and makes the files that derive
// from them.
// Plain JavaScript that imports no package, since it runs before any is installed.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeWasmBinaries } from './wasm-binaries.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function isInstalled() {
  const wanted = readPackages('package-lock.json');
  const installed = readPackages('node_modules/.package-lock.json');
  if (wanted === undefined || installed === undefined) return false;
  return Object.entries(wanted).every(([path, { version, integrity, optional, devOptional, peer }]) => {
    const found = installed[path];
    if (path === '') return true;
    if (found === undefined) return Boolean(optional || devOptional || peer); // npm leaves these out on systems that they do not support
    return found.version === version && found.integrity === integrity;
  });
}

function install() {
  console.error('retrograph: installing dependencies (npm ci)');
  const npm = process.env.npm_execpath; // set if npm runs this script
  // no dependency needs its install script, and one of them downloads TensorFlow's library
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  const [command, ...rest] = npm ? [process.execPath, npm, ...args] : ['npm', ...args];
  const { status, error } = spawnSync(command, rest, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: !npm && process.platform === 'win32',
  });
  if (error) console.error(`retrograph: cannot run npm: ${error.message}`);
  return status ?? 1;
}

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 20) {
  console.error(`retrograph: Node 20 or newer is needed, this is ${process.version}`);
  process.exit(1);
}
if (!isInstalled()) {
  const status = install();
  if (status !== 0) process.exit(status);
}
writeWasmBinaries();
