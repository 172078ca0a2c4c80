/** The webgl backend: shaders on the GPU by WebGL 2, in browsers. */

import type { LocalBackend } from '../backend.ts';
import { bytesOnGpu } from '../gpu-memory.ts';
import { TfjsBackend } from '../tfjs.ts';
import { topK } from '../top-k-kernel.ts';
import { cleanProducts } from './clean-products.ts';
import { adjust, availability, create, details, isLost, limits, watch } from './device.ts';
import { exactFunctions } from './functions.ts';
import { lastValues } from './last-values.ts';
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
  // synchronous reads stall the GPU
  synchronous: true,
  aliasesArrays: true,
  ownKernels: [...cleanProducts, ...exactFunctions, lastValues, topK],
  bytes: bytesOnGpu,
});
