/** Plain JavaScript kernels: slow, everywhere, and right more often than the others. */
import { withCheckedIndices } from '../checked-indices.ts';
import { isPoolingKernel, withPoolingKernels } from '../pooling-kernels.ts';
import { TfjsBackend } from '../tfjs.ts';
import { withTopK } from '../top-k-kernel.ts';
import { computes } from './capabilities.ts';
import { memoryOf } from './memory.ts';
import { rules } from './rules.ts';

export const cpu = new TfjsBackend({
  name: 'cpu',
  load: () => import('@tensorflow/tfjs-backend-cpu'),
  availability: async () => ({ available: true, detail: 'JavaScript' }),
  synchronous: true,
  aliasesArrays: true,
  computes: (node) =>
    (isPoolingKernel(node.op.name) && node.inputs.every((s) => s.dtype === 'float32')) || computes(node),
  wrappers: [withTopK, withPoolingKernels(memoryOf), withCheckedIndices],
  rules,
});
