/** Clipping that keeps NaN: XNNPACK's returns the lower bound for it, and its relu 0 for a NaN with the sign bit set, such as 0 / 0. */
import { type KernelAttrs, type OwnKernel, ofFloats } from '../own-kernels.ts';
import { floatsOf, outputOf } from './heap.ts';
import { clipOf } from './vector-kernels.ts';

type Bounds = (attrs: KernelAttrs) => readonly [low: number, high: number];

const BOUNDS: Readonly<Record<string, Bounds>> = {
  ClipByValue: ({ clipValueMin, clipValueMax }) => [clipValueMin as number, clipValueMax as number],
  Relu: () => [0, Infinity],
  Relu6: () => [0, 6],
};

export const clipKernels: readonly OwnKernel[] = Object.entries(BOUNDS).map(([op, bounds]) => ({
  op,
  why: 'returns a bound for NaN',
  when: ofFloats,
  make: (backend) => {
    const clip = clipOf(backend);
    return ({ x }, attrs) => {
      // allocate the output first, since allocation may move the heap
      const out = outputOf(backend, x!.shape);
      clip(floatsOf(backend, x!), floatsOf(backend, out), ...bounds(attrs));
      return out;
    };
  },
}));
