/** The webgpu backend in browsers: compute shaders on the GPU. */

import type { LocalBackend } from '../backend.ts';
import { TfjsBackend } from '../tfjs.ts';
import { options } from './options.ts';

export const webgpu: LocalBackend = new TfjsBackend(options);
