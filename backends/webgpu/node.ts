/** The webgpu backend in Node: compute shaders on the GPU by Dawn. */
import { env } from '@tensorflow/tfjs-core';
import type { LocalBackend } from '../backend.ts';
import { TfjsBackend } from '../tfjs.ts';
import { availability, provideGpu } from './dawn.ts';
import { options } from './options.ts';

export const webgpu: LocalBackend = new TfjsBackend({
  ...options,
  availability,
  load: async () => {
    await provideGpu(); // tfjs looks for navigator.gpu when it is loaded
    await options.load();
    env().set('WEBGPU_CPU_FORWARD', false); // otherwise tfjs may run small ops on its cpu backend
  },
});
