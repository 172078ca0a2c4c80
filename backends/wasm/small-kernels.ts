/**
 * Arithmetic on small tensors, in JavaScript on the wasm heap: XNNPACK sets up an operator at every call, which costs more than a few
 * hundred additions. The results are bit-equal: rounding a sum or product of two floats to double and then to float32 gives the same as
 * rounding it directly (Figueroa 1995).
 */
import { type KernelTensor, sizeOf } from '../../engine/index.ts';
import type { OwnKernel } from '../own-kernels.ts';
import { floatsOf, outputOf } from './heap.ts';

/** Above this many elements XNNPACK is faster. */
const SMALL = 1024;

type Loop = (out: Float32Array, a: Float32Array, b: Float32Array, n: number) => void;

// an operand that is shorter than the result repeats: a scalar, or a row
const LOOPS: Readonly<Record<string, Loop>> = {
  Add: (out, a, b, n) => {
    const [p, q] = [a.length, b.length];
    if (p === n && q === n) for (let i = 0; i < n; i++) out[i] = a[i]! + b[i]!;
    else for (let i = 0; i < n; i++) out[i] = a[i % p]! + b[i % q]!;
  },
  Sub: (out, a, b, n) => {
    const [p, q] = [a.length, b.length];
    if (p === n && q === n) for (let i = 0; i < n; i++) out[i] = a[i]! - b[i]!;
    else for (let i = 0; i < n; i++) out[i] = a[i % p]! - b[i % q]!;
  },
  Multiply: (out, a, b, n) => {
    const [p, q] = [a.length, b.length];
    if (p === n && q === n) for (let i = 0; i < n; i++) out[i] = a[i]! * b[i]!;
    else for (let i = 0; i < n; i++) out[i] = a[i % p]! * b[i % q]!;
  },
};

export const smallKernels: readonly OwnKernel[] = Object.entries(LOOPS).map(([op, loop]) => ({
  op,
  why: 'setting XNNPACK up costs more than a few hundred operations',
  make: (backend, otherwise) => (inputs, attrs) => {
    const { a, b } = inputs as Record<'a' | 'b', KernelTensor>;
    const [p, q] = [sizeOf(a.shape), sizeOf(b.shape)];
    const [large, small] = p >= q ? [a, b] : [b, a];
    const n = Math.max(p, q);
    if (n > SMALL || n === 0 || p === 0 || q === 0 || a.dtype !== 'float32' || !isSuffix(small.shape, large.shape))
      return otherwise(inputs, attrs);
    // allocate the output first, since allocation may move the heap; only the size of its shape matters, since the plan has the shape
    const out = outputOf(backend, large.shape);
    loop(floatsOf(backend, out), floatsOf(backend, a), floatsOf(backend, b), n);
    return out;
  },
}));

/** Whether a value of shape `small` repeats as a whole along `large`: leading 1s aside, its dims are the last of the other's. */
function isSuffix(small: readonly number[], large: readonly number[]): boolean {
  let first = 0;
  while (small[first] === 1) first++;
  const lead = large.length - small.length;
  for (let i = first; i < small.length; i++) if (small[i] !== large[i + lead]) return false;
  return true;
}
