/**
 * Sums and means in JavaScript on the wasm heap. tfjs's kernels use one float32 accumulator, which makes a million times 0.1 100,958 and
 * 2^25 ones 2^24, and transpose the axes to the end first. These kernels sum in double precision in a few lanes, which takes no longer than
 * one chain of float32 additions; with SIMD, long rows are summed by a WebAssembly loop.
 */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { type KernelTensor, sizeOf } from '../../engine/index.ts';
import { withDoubles } from '../long-products.ts';
import { type OwnKernel, ofFloats } from '../own-kernels.ts';
import { codeOf } from './code/module.ts';
import { STEP } from './code/row-sums.ts';
import { floatsOf, memoryOf, outputOf } from './heap.ts';

/** Sizes of alternately kept and summed dims, starting with a kept one: adjacent dims of one kind are merged. */
function alternating(shape: readonly number[], axis: readonly number[]): number[] {
  const dims = [1];
  shape.forEach((d, i) => {
    const isKept = dims.length % 2 === 1;
    if (isKept === !axis.includes(i)) dims[dims.length - 1]! *= d;
    else dims.push(d);
  });
  return dims;
}

/** Sums of the first `taken` elements of each row; without SIMD, `taken` is 0. */
interface FirstSums {
  readonly sums: Float64Array;
  readonly taken: number;
}

/** First sums of a tensor's rows of n elements. It allocates, so views of the heap are invalid afterwards. */
function firstSumsOf(backend: KernelBackend, x: KernelTensor, rows: number, n: number): FirstSums {
  const code = codeOf(backend)?.procedures;
  const steps = Math.floor(n / STEP);
  if (code === undefined || steps < 2 || rows === 0) return { sums: new Float64Array(rows), taken: 0 };
  const sums = withDoubles(backend, memoryOf(backend), rows, (y) => {
    code.rowSums(y.byteOffset, floatsOf(backend, x).byteOffset, rows, steps, 4 * (n % STEP));
    return y.slice();
  });
  return { sums, taken: steps * STEP };
}

/** y[i] = scale times the sum of x[i, :]; `sums` has the sums of the first `taken` elements. */
function sumRows(
  y: Float32Array,
  x: Float32Array,
  rows: number,
  n: number,
  scale: number,
  { sums, taken }: FirstSums,
): void {
  for (let row = 0, from = 0; row < rows; row++, from += n) {
    const even = n - ((n - taken) % 8);
    let a = sums[row]!;
    let b = 0;
    let c = 0;
    let d = 0;
    let i = from + taken;
    // add pairs first, so that a lane's additions do not depend on each other as often
    for (const end = from + even; i < end; i += 8) {
      a += x[i]! + x[i + 1]!;
      b += x[i + 2]! + x[i + 3]!;
      c += x[i + 4]! + x[i + 5]!;
      d += x[i + 6]! + x[i + 7]!;
    }
    for (const end = from + n; i < end; i++) a += x[i]!;
    y[row] = (a + b + (c + d)) * scale;
  }
}

/** y[i, j] = scale times the sum of x[i, :, j]: four columns at a time. */
function sumColumns(y: Float32Array, x: Float32Array, outer: number, n: number, inner: number, scale: number): void {
  for (let i = 0; i < outer; i++) {
    const [from, to] = [i * n * inner, i * inner];
    const end = from + n * inner;
    let j = 0;
    for (; j + 4 <= inner; j += 4) {
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let at = from + j; at < end; at += inner) {
        a += x[at]!;
        b += x[at + 1]!;
        c += x[at + 2]!;
        d += x[at + 3]!;
      }
      y[to + j] = a * scale;
      y[to + j + 1] = b * scale;
      y[to + j + 2] = c * scale;
      y[to + j + 3] = d * scale;
    }
    for (; j < inner; j++) {
      let a = 0;
      for (let at = from + j; at < end; at += inner) a += x[at]!;
      y[to + j] = a * scale;
    }
  }
}

/** Rows of up to this many numbers are summed by tfjs's kernel: their rounding error stays below 1e-6. */
const FEW = 16;

export const sumKernels: readonly OwnKernel[] = ['Sum', 'Mean'].map((op) => ({
  op,
  why: 'sums all terms in one float32, and transposes first',
  when: ofFloats,
  make: (backend, otherwise) => (inputs, attrs) => {
    const { x } = inputs as Record<'x', KernelTensor>;
    const axis = attrs.axis as readonly number[];
    if (axis.length === 0) return otherwise(inputs, attrs);
    const dims = alternating(x.shape, axis);
    if (dims.length === 2 && dims[1]! <= FEW) return otherwise(inputs, attrs);
    const scale = op === 'Mean' ? 1 / sizeOf(axis.map((a) => x.shape[a]!)) : 1;
    const shape = x.shape.filter((_, i) => !axis.includes(i));
    const [rows, n] = [sizeOf(dims.slice(0, -1)), dims.at(-1)!];
    let first = dims.length % 2 === 0 ? firstSumsOf(backend, x, rows, n) : undefined;
    // allocate the output first, since allocation may move the heap
    const out = outputOf(backend, shape);
    const y = floatsOf(backend, out);
    let values = floatsOf(backend, x);
    // reduce the last summed dim first, until none is left
    for (;;) {
      const inner = dims.length % 2 === 1 ? dims.pop()! : 1;
      const n = dims.length > 1 ? dims.pop()! : 1;
      const isLast = dims.length === 1;
      const outer = sizeOf(dims);
      const to = isLast ? y : new Float32Array(outer * inner);
      if (inner === 1)
        sumRows(to, values, outer, n, isLast ? scale : 1, first ?? { sums: new Float64Array(outer), taken: 0 });
      else sumColumns(to, values, outer, n, inner, isLast ? scale : 1);
      if (isLast) return out;
      dims[dims.length - 1]! *= inner;
      values = to;
      first = undefined;
    }
  },
}));
