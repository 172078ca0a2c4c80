/** Average pooling of NaN. */
import type { KernelTensor } from '../../engine/index.ts';
import type { PoolAttrs } from '../../ops/pooling/geometry.ts';
import type { OwnKernel } from '../own-kernels.ts';
import { writeAverages } from '../pooling-kernels.ts';
import { floatsOf } from './heap.ts';

/** Recomputes the averages in JavaScript if one may be NaN. */
export const averages: OwnKernel = {
  op: 'AvgPool',
  why: 'XNNPACK returns -Infinity for an average that is NaN',
  make: (backend, otherwise) => (inputs, attrs) => {
    const y = otherwise(inputs, attrs) as KernelTensor;
    const to = floatsOf(backend, y);
    const { x } = inputs as Record<'x', KernelTensor>;
    if (to.includes(Number.NEGATIVE_INFINITY))
      writeAverages(floatsOf(backend, x), x.shape, attrs as unknown as PoolAttrs, to);
    return y;
  },
};
