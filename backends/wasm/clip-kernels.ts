/** Clippings that keep NaN: XNNPACK makes the lower bound of it, and 0 where relu meets one whose sign bit is set, as that of 0 / 0 is. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { Kernel, KernelTensor } from '../../engine/index.ts';
import { floatsOf, outputOf } from './heap.ts';
import { clipOf } from './vector-kernels.ts';

type Bounds = (attrs: Readonly<Record<string, unknown>>) => readonly [low: number, high: number];

const BOUNDS: Readonly<Record<string, Bounds>> = {
  ClipByValue: ({ clipValueMin, clipValueMax }) => [clipValueMin as number, clipValueMax as number],
  Relu: () => [0, Infinity],
  Relu6: () => [0, 6],
};

/** The kernel of that name, or ours of floats in its place. */
export function withClipKernels(name: string, kernel: Kernel, backend: KernelBackend): Kernel {
  const bounds = BOUNDS[name];
  if (bounds === undefined) return kernel;
  const clip = clipOf(backend);
  return (inputs, attrs) => {
    const { x } = inputs as Record<'x', KernelTensor>;
    if (x.dtype !== 'float32') return kernel(inputs, attrs);
    // the output first: allocating may move the heap
    const out = outputOf(backend, x.shape);
    clip(floatsOf(backend, x), floatsOf(backend, out), ...bounds(attrs));
    return out;
  };
}
