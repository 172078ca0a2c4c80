/** Averages of NaN. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { Kernel, KernelTensor } from '../../engine/index.ts';
import type { PoolAttrs } from '../../ops/pooling/geometry.ts';
import { writeAverages } from '../pooling-kernels.ts';
import { floatsOf } from './heap.ts';

/** The kernel of that name; XNNPACK makes -Infinity of an average that is NaN, and then averages are taken again, in JavaScript. */
export function withAverages(name: string, kernel: Kernel, backend: KernelBackend): Kernel {
  if (name !== 'AvgPool') return kernel;
  return (inputs, attrs) => {
    const y = kernel(inputs, attrs) as KernelTensor;
    const to = floatsOf(backend, y);
    const { x } = inputs as Record<'x', KernelTensor>;
    if (to.includes(Number.NEGATIVE_INFINITY))
      writeAverages(floatsOf(backend, x), x.shape, attrs as unknown as PoolAttrs, to);
    return y;
  };
}
