/** What Node's side asks of the suites in a page, by the page's address. */
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { env } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type { Backend } from '../../engine/index.ts';
import { backend as backendOf } from '../../index.browser.ts';
import { effortOf } from '../support/effort.ts';

const parameters = new URLSearchParams(location.search);

/** How much is tried, and what draws it. */
export const EFFORT = effortOf(parameters.get('full'));
export const SEED = Number(parameters.get('seed'));
/** Whether the page should be isolated from others, so that it may share memory among threads. */
export const ISOLATED = parameters.get('isolated') === '1';
/** The backend under test. */
export const NAME = parameters.get('backend')!;

fc.configureGlobal({ seed: SEED });
/** There are no more than half as many threads as cores: where there are few cores, wasm is told of more. */
export const THREADS = 2;
if (ISOLATED) {
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 * THREADS });
  setThreadsCount(THREADS);
}

/** Small values would be computed on the CPU otherwise, and nothing would be tested. */
const FLAGS: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  webgl: { WEBGL_CPU_FORWARD: false },
  webgpu: { WEBGPU_CPU_FORWARD: false },
};

/** The backend under test, and the one that it is held to, started. */
export async function startBackends(): Promise<{ backend: Backend; cpu: Backend }> {
  const [backend, cpu] = await Promise.all([backendOf(NAME), backendOf('cpu')]);
  for (const [flag, value] of Object.entries(FLAGS[NAME] ?? {})) env().set(flag, value);
  return { backend, cpu };
}
