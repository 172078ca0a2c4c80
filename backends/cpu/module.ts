/** Plain JavaScript kernels: slow, everywhere, and right more often than the others. */
import { withCheckedImages } from '../checked-kernels.ts';
import { TfjsBackend } from '../tfjs.ts';
import { withTopK } from '../top-k-kernel.ts';
import { computes } from './capabilities.ts';
import { rules } from './rules.ts';

export const cpu = new TfjsBackend({
  name: 'cpu',
  load: () => import('@tensorflow/tfjs-backend-cpu'),
  availability: async () => ({ available: true, detail: 'JavaScript' }),
  synchronous: true,
  aliasesArrays: true,
  computes,
  wrapKernel: (name, kernel, backend) =>
    [withTopK, withCheckedImages].reduce((wrapped, wrap) => wrap(name, wrapped, backend), kernel),
  rules,
});
