/** WebGPU in Node, by Dawn, from the package `webgpu`. */

import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Availability } from '../../engine/index.ts';
import { importNative } from '../import-native.ts';
import { availability as findAdapter } from './device.ts';

const MISSING: Availability = {
  available: false,
  reason: "there is no WebGPU in Node without the package 'webgpu'",
  remedy: 'npm install webgpu',
};
const WITHOUT_LOADER: Availability = {
  available: false,
  reason: "there is no Vulkan loader (libvulkan.so.1), by which the package 'webgpu' finds graphics devices",
  remedy: 'install it (Debian: apt-get install libvulkan1), and a graphics driver',
};
const WITHOUT_ADAPTER: Availability = {
  available: false,
  reason: "the package 'webgpu' finds no graphics device",
  remedy: 'install or update the graphics driver',
};

let provided: Promise<boolean> | undefined;

/** Defines `navigator.gpu` in this process, as in browsers. False if the package is not installed. */
export const provideGpu = (): Promise<boolean> => {
  provided ??= provide();
  return provided;
};

async function provide(): Promise<boolean> {
  if (gpu() !== undefined) return true;
  let dawn: typeof import('webgpu');
  try {
    dawn = await importNative('webgpu');
  } catch {
    return false;
  }
  define(globalThis, dawn.globals);
  // from version 21 on, Node has a navigator
  if (globalThis.navigator === undefined)
    define(globalThis, { navigator: { userAgent: `Node.js/${process.versions.node}` } });
  define(globalThis.navigator, { gpu: dawn.create([]) });
  return true;
}

const gpu = (): unknown => (globalThis.navigator as { gpu?: unknown } | undefined)?.gpu;

function define(target: object, values: object): void {
  for (const [name, value] of Object.entries(values))
    Object.defineProperty(target, name, { value, configurable: true, writable: true });
}

/** Exit codes of the probe process. */
const [NO_PACKAGE, NO_LOADER, NO_ADAPTER] = [81, 82, 83];

const PROBE = `
if (process.platform === 'linux') {
  try {
    process.dlopen({ exports: {} }, 'libvulkan.so.1'); // not a Node module, so it always throws
  } catch (e) {
    if (/cannot open/.test(e.message)) process.exit(${NO_LOADER});
  }
}
const dawn = await import('webgpu').catch(() => process.exit(${NO_PACKAGE}));
process.exit((await dawn.create([]).requestAdapter()) === null ? ${NO_ADAPTER} : 0);
`;

const FOUND: Readonly<Record<number, Availability>> = {
  [NO_PACKAGE]: MISSING,
  [NO_LOADER]: WITHOUT_LOADER,
  [NO_ADAPTER]: WITHOUT_ADAPTER,
};

let probed: Promise<Availability | undefined> | undefined;

/**
 * Probes for a device in another process: drivers and Dawn write to stderr if they find none, which a process cannot suppress for itself.
 * Undefined if a device was found.
 */
function probe(): Promise<Availability | undefined> {
  return new Promise((resolve) => {
    const args = ['--input-type=module', '--eval', PROBE];
    const options = { cwd: ownFolder(), env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } };
    execFile(process.execPath, args, options, (error) => resolve(FOUND[Number(error?.code)]));
  });
}

/** The folder in which `import('webgpu')` resolves as in this module; undefined (the working folder) in a bundle without a file URL. */
function ownFolder(url: string | undefined = import.meta.url): string | undefined {
  return url?.startsWith('file:') ? dirname(fileURLToPath(url)) : undefined;
}

export async function availability(): Promise<Availability> {
  if (gpu() === undefined) {
    probed ??= probe();
    const missing = await probed;
    if (missing !== undefined) return missing;
  }
  return (await provideGpu()) ? findAdapter() : MISSING;
}
