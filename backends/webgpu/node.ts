/** Compute shaders on the GPU, in Node. */
import { env } from '@tensorflow/tfjs-core';
import type { LocalBackend } from '../backend.ts';
import { TfjsBackend } from '../tfjs.ts';
import { availability, provideGpu } from './dawn.ts';
import { options } from './options.ts';

export const webgpu: LocalBackend = new TfjsBackend({
  ...options,
  availability,
  load: async () => {
    await provideGpu(); // tfjs looks for it when it is loaded
    await options.load();
    env().set('WEBGPU_CPU_FORWARD', false); // as in a browser that is started
  },
});
