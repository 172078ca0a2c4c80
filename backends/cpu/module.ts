/** The cpu backend: plain JavaScript kernels, which are slow, run everywhere, and have the fewest errors. */

import type { LocalBackend } from '../backend.ts';
import { checkedIndices } from '../checked-indices.ts';
import { exactFunctions } from '../exact-functions.ts';
import { filterGradients } from '../filter-gradients.ts';
import { addProduct, longProducts } from '../long-products.ts';
import { poolingKernels } from '../pooling-kernels.ts';
import { TfjsBackend } from '../tfjs.ts';
import { topK } from '../top-k-kernel.ts';
import { memoryOf } from './memory.ts';
import { target } from './target.ts';

export const cpu: LocalBackend = new TfjsBackend({
  ...target,
  load: () => import('@tensorflow/tfjs-backend-cpu'),
  availability: async () => ({ available: true, detail: 'JavaScript' }),
  synchronous: true,
  details: () => ({ precision: 'float32', threads: 1 }),
  aliasesArrays: true,
  ownKernels: [
    topK,
    ...exactFunctions(memoryOf, ['Elu', 'Erf', 'Mod', 'Pow', 'Selu', 'Sign']),
    longProducts(memoryOf, () => addProduct),
    ...filterGradients(memoryOf, () => addProduct),
    ...poolingKernels(memoryOf),
    ...checkedIndices,
  ],
});
