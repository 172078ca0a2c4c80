/** Backends for graphics devices in Node. Those that need a browser start one, without a window. */

import { FirstAvailable } from '../../backends/first-available.ts';
import type { TfjsTarget } from '../../backends/target.ts';
import { target as webglTarget } from '../../backends/webgl/target.ts';
import { webgpu as inProcess } from '../../backends/webgpu/node.ts';
import { target as webgpuTarget } from '../../backends/webgpu/target.ts';
import type { Availability } from '../../engine/index.ts';
import { RemoteBackend } from '../remote/remote-backend.ts';

/** Loaded only if a browser is needed. */
const launcher = () => import('./launch.ts');

async function availability(): Promise<Availability> {
  const { findBrowser, hasGraphics, REMEDY, whereNot } = await launcher();
  const browser = await findBrowser();
  return browser === undefined
    ? { available: false, reason: `it needs a browser, and ${whereNot()}`, remedy: REMEDY }
    : { available: true, detail: `in a browser without a window, ${browser}`, software: !hasGraphics() };
}

const inBrowser = (target: TfjsTarget): RemoteBackend =>
  new RemoteBackend({ target, connect: async () => (await launcher()).connectBrowser(), availability });

export const webgl = inBrowser(webglTarget);
/** In this process, if the package `webgpu` finds a graphics device, otherwise in a browser. */
export const webgpu = new FirstAvailable(inProcess, inBrowser(webgpuTarget));
