/** Plain JavaScript kernels: slow, everywhere, and right more often than the others. */

import type { LocalBackend } from '../backend.ts';
import { withCheckedIndices } from '../checked-indices.ts';
import { withExactFunctions } from '../exact-functions.ts';
import { withFilterGradients } from '../filter-gradients.ts';
import { addProduct, withLongProducts } from '../long-products.ts';
import { withPoolingKernels } from '../pooling-kernels.ts';
import { TfjsBackend } from '../tfjs.ts';
import { withTopK } from '../top-k-kernel.ts';
import { memoryOf } from './memory.ts';
import { target } from './target.ts';

export const cpu: LocalBackend = new TfjsBackend({
  ...target,
  load: () => import('@tensorflow/tfjs-backend-cpu'),
  availability: async () => ({ available: true, detail: 'JavaScript' }),
  synchronous: true,
  details: () => ({ precision: 'float32', threads: 1 }),
  aliasesArrays: true,
  wrappers: [
    withTopK,
    withExactFunctions(memoryOf, ['Elu', 'Erf', 'Mod', 'Pow', 'Selu', 'Sign']),
    withLongProducts(memoryOf, () => addProduct),
    withFilterGradients(memoryOf, () => addProduct),
    withPoolingKernels(memoryOf),
    withCheckedIndices,
  ],
});
