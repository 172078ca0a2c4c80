/** Compute shaders on the GPU, through WebGPU: in browsers. */

import type { LocalBackend } from '../backend.ts';
import { TfjsBackend } from '../tfjs.ts';
import { options } from './options.ts';

export const webgpu: LocalBackend = new TfjsBackend(options);
