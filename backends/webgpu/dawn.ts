/** WebGPU in Node: by Dawn, which the package `webgpu` brings. */

import type { Availability } from '../../engine/index.ts';
import { availability as findAdapter } from './device.ts';

const MISSING: Availability = {
  available: false,
  reason: "there is no WebGPU in Node without the package 'webgpu'",
  remedy: 'npm install webgpu',
};

let provided: Promise<boolean> | undefined;

/** Gives this process `navigator.gpu`, as a page has it. False where the package is not there. */
export const provideGpu = (): Promise<boolean> => {
  provided ??= provide();
  return provided;
};

async function provide(): Promise<boolean> {
  if ((globalThis.navigator as { gpu?: unknown } | undefined)?.gpu !== undefined) return true;
  let dawn: typeof import('webgpu');
  try {
    dawn = await import('webgpu');
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

function define(target: object, values: object): void {
  for (const [name, value] of Object.entries(values))
    Object.defineProperty(target, name, { value, configurable: true, writable: true });
}

export async function availability(): Promise<Availability> {
  return (await provideGpu()) ? findAdapter() : MISSING;
}
