/** Compute shaders on the GPU, in Node. */
import { TfjsBackend } from '../tfjs.ts';
import { availability, provideGpu } from './dawn.ts';
import { options } from './options.ts';

export const webgpu = new TfjsBackend({
  ...options,
  availability,
  load: async () => {
    await provideGpu(); // tfjs looks for it when it is loaded
    await options.load();
  },
});
