/** Shaders on the GPU, through WebGL 2: in browsers. */

import type { LocalBackend } from '../backend.ts';
import { bytesOnGpu } from '../gpu-memory.ts';
import { TfjsBackend } from '../tfjs.ts';
import { withTopK } from '../top-k-kernel.ts';
import { withCleanProducts } from './clean-products.ts';
import { adjust, availability, create, details, isLost, limits, watch } from './device.ts';
import { withExactFunctions } from './functions.ts';
import { withLastValues } from './last-values.ts';
import { target } from './target.ts';

export const webgl: LocalBackend = new TfjsBackend({
  ...target,
  load: () => import('@tensorflow/tfjs-backend-webgl'),
  create,
  adjust,
  availability,
  watch,
  isLost,
  limits,
  details,
  // values can be read without waiting, by stalling the GPU
  synchronous: true,
  aliasesArrays: true,
  wrappers: [withCleanProducts, withExactFunctions, withLastValues, withTopK],
  bytes: bytesOnGpu,
});
