/** Compute shaders on the GPU, through WebGPU: in browsers. */
import { TfjsBackend } from '../tfjs.ts';
import { options } from './options.ts';

export const webgpu = new TfjsBackend(options);
