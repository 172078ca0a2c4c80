/**
 * Functions that tfjs's wasm kernels get wrong near 0, in JavaScript on the wasm heap: log1p(1e-6) is off by 5 %, sin(-1e-7) has
 * the wrong sign, sign(1e-8) is 0.
 */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { Kernel, KernelTensor } from '../../engine/index.ts';
import { floatsOf, outputOf } from './heap.ts';

const FUNCTIONS: Readonly<Record<string, (x: number) => number>> = {
  Log1p: Math.log1p,
  // as the reference evaluator: the sign of NaN is 0
  Sign: (x) => (x > 0 ? 1 : x < 0 ? -1 : 0),
  Sin: Math.sin,
};

/** The kernel of that name; an exact one for floats where tfjs's is not. */
export function withExactKernels(name: string, kernel: Kernel, backend: KernelBackend): Kernel {
  const f = FUNCTIONS[name];
  if (f === undefined) return kernel;
  return (inputs, attrs) => {
    const { x } = inputs as Record<'x', KernelTensor>;
    if (x.dtype !== 'float32') return kernel(inputs, attrs);
    // the output first: allocating may move the heap
    const out = outputOf(backend, x.shape);
    const to = floatsOf(backend, out);
    const from = floatsOf(backend, x);
    for (let i = 0; i < from.length; i++) to[i] = f(from[i]!);
    return out;
  };
}
