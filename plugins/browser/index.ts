/** In Node: backends that need a browser run in one that is started for them, without a window. */

import type { TfjsTarget } from '../../backends/target.ts';
import { target as webglTarget } from '../../backends/webgl/target.ts';
import { target as webgpuTarget } from '../../backends/webgpu/target.ts';
import type { Availability } from '../../engine/index.ts';
import { RemoteBackend } from '../remote/remote-backend.ts';
import { connectBrowser, findBrowser, hasGraphics, REMEDY } from './launch.ts';

async function availability(): Promise<Availability> {
  const browser = findBrowser();
  return browser === undefined
    ? { available: false, reason: 'it needs a browser, and none was found', remedy: REMEDY }
    : { available: true, detail: `in a browser without a window, ${browser}`, software: !hasGraphics() };
}

const inBrowser = (target: TfjsTarget): RemoteBackend =>
  new RemoteBackend({ target, connect: connectBrowser, availability });

export const webgl = inBrowser(webglTarget);
export const webgpu = inBrowser(webgpuTarget);
