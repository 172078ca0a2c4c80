/**
 * Sums and means in JavaScript on the wasm heap. tfjs's kernels have one float32 accumulator, of which a million times 0.1 is 100,958
 * and 2^25 ones are 2^24, and bring the axes to the end first. Here numbers are added up in double precision, in a few lanes, which
 * takes no longer than one chain of float32 additions.
 */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { type Kernel, type KernelTensor, sizeOf } from '../../engine/index.ts';
import { floatsOf, outputOf } from './heap.ts';

/** Dims in turn kept and added up, the first kept: neighbours of one kind are one. */
function alternating(shape: readonly number[], axis: readonly number[]): number[] {
  const dims = [1];
  shape.forEach((d, i) => {
    const isKept = dims.length % 2 === 1;
    if (isKept === !axis.includes(i)) dims[dims.length - 1]! *= d;
    else dims.push(d);
  });
  return dims;
}

/** y[i] = scale times the sum of x[i, :]. */
function sumRows(y: Float32Array, x: Float32Array, rows: number, n: number, scale: number): void {
  const even = n - (n % 4);
  for (let row = 0, from = 0; row < rows; row++, from += n) {
    let [a, b, c, d] = [0, 0, 0, 0];
    let i = from;
    for (const end = from + even; i < end; i += 4) {
      a += x[i]!;
      b += x[i + 1]!;
      c += x[i + 2]!;
      d += x[i + 3]!;
    }
    for (const end = from + n; i < end; i++) a += x[i]!;
    y[row] = (a + b + (c + d)) * scale;
  }
}

/** y[i, j] = scale times the sum of x[i, :, j]. */
function sumColumns(y: Float32Array, x: Float32Array, outer: number, n: number, inner: number, scale: number): void {
  const sums = new Float64Array(inner);
  for (let i = 0, from = 0; i < outer; i++) {
    sums.fill(0);
    for (let k = 0; k < n; k++, from += inner) for (let j = 0; j < inner; j++) sums[j]! += x[from + j]!;
    for (let j = 0, to = i * inner; j < inner; j++) y[to + j] = sums[j]! * scale;
  }
}

/** The kernel of that name; for sums and means of floats one of these. */
export function withSumKernels(name: string, kernel: Kernel, backend: KernelBackend): Kernel {
  if (name !== 'Sum' && name !== 'Mean') return kernel;
  return (inputs, attrs) => {
    const { x } = inputs as Record<'x', KernelTensor>;
    const axis = attrs.axis as readonly number[];
    if (x.dtype !== 'float32' || axis.length === 0) return kernel(inputs, attrs);
    const dims = alternating(x.shape, axis);
    const scale = name === 'Mean' ? 1 / sizeOf(axis.map((a) => x.shape[a]!)) : 1;
    const shape = x.shape.filter((_, i) => !axis.includes(i));
    // the output first: allocating may move the heap
    const out = outputOf(backend, shape);
    const y = floatsOf(backend, out);
    let values = floatsOf(backend, x);
    // the last added axes first, until one group of them is left
    for (;;) {
      const inner = dims.length % 2 === 1 ? dims.pop()! : 1;
      const n = dims.length > 1 ? dims.pop()! : 1;
      const isLast = dims.length === 1;
      const outer = sizeOf(dims);
      const to = isLast ? y : new Float32Array(outer * inner);
      if (inner === 1) sumRows(to, values, outer, n, isLast ? scale : 1);
      else sumColumns(to, values, outer, n, inner, isLast ? scale : 1);
      if (isLast) return out;
      dims[dims.length - 1]! *= inner;
      values = to;
    }
  };
}
