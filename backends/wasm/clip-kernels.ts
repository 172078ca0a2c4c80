/** Clippings that keep NaN: XNNPACK makes the lower bound of it, and 0 where relu meets one whose sign bit is set, as that of 0 / 0 is. */
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
  why: 'makes a bound of NaN',
  when: ofFloats,
  make: (backend) => {
    const clip = clipOf(backend);
    return ({ x }, attrs) => {
      // the output first: allocating may move the heap
      const out = outputOf(backend, x!.shape);
      clip(floatsOf(backend, x!), floatsOf(backend, out), ...bounds(attrs));
      return out;
    };
  },
}));
