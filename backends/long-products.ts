/** Matrix products with a long inner axis, in JavaScript on the backend's memory: summed in double precision, where kernels use float32. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { broadcastShapes, type KernelTensor, sizeOf } from '../engine/index.ts';
import { LONG, termsOfProduct } from './long-reductions.ts';
import type { OwnKernel } from './own-kernels.ts';
import type { Memory } from './pooling-kernels.ts';

/** A matrix in an array: the offset of its first element, and the strides of rows and columns. */
export interface Matrix {
  readonly elements: Float32Array;
  readonly at: number;
  readonly row: number;
  readonly column: number;
}

/** Adds the product of a (m by n) and b (n by p) to y. Rows of y are `width` apart, see `widthOf`; elements beyond p are undefined afterwards. */
export type AddProduct = (
  y: Float64Array,
  width: number,
  a: Matrix,
  b: Matrix,
  m: number,
  n: number,
  p: number,
) => void;

/** The row stride for so many columns: padded to a multiple of 8. */
export const widthOf = (columns: number): number => Math.ceil(columns / 8) * 8;

/** Calls `use` with a zeroed scratch array of doubles in the backend's memory. */
export function withDoubles<T>(backend: KernelBackend, memory: Memory, size: number, use: (y: Float64Array) => T): T {
  const scratch = memory.create([2 * size], 'float32');
  try {
    const { buffer, byteOffset } = memory.floats(scratch);
    return use(new Float64Array(buffer, byteOffset, size).fill(0));
  } finally {
    backend.disposeData(scratch.dataId);
  }
}

/** Computes tiles of two rows by four columns, so that each loaded element is used several times. */
export const addProduct: AddProduct = (y, width, { elements: a, ...left }, { elements: b, ...right }, m, n, p) => {
  const columns = p - (p % 4);
  for (let i = 0; i < m; i += 2) {
    const isPair = i + 1 < m;
    const next = isPair ? left.row : 0; // an odd last row is computed twice
    const from = left.at + i * left.row;
    for (let j = 0; j < columns; j += 4) {
      const [step, at] = [right.column, i * width + j];
      let p0 = 0;
      let p1 = 0;
      let p2 = 0;
      let p3 = 0;
      let q0 = 0;
      let q1 = 0;
      let q2 = 0;
      let q3 = 0;
      for (let k = 0, s = from, t = right.at + j * step; k < n; k++, s += left.column, t += right.row) {
        const u = a[s]!;
        const v = a[s + next]!;
        const w0 = b[t]!;
        const w1 = b[t + step]!;
        const w2 = b[t + 2 * step]!;
        const w3 = b[t + 3 * step]!;
        p0 += u * w0;
        p1 += u * w1;
        p2 += u * w2;
        p3 += u * w3;
        q0 += v * w0;
        q1 += v * w1;
        q2 += v * w2;
        q3 += v * w3;
      }
      y[at]! += p0;
      y[at + 1]! += p1;
      y[at + 2]! += p2;
      y[at + 3]! += p3;
      if (!isPair) continue;
      y[at + width]! += q0;
      y[at + width + 1]! += q1;
      y[at + width + 2]! += q2;
      y[at + width + 3]! += q3;
    }
    for (let j = columns; j < p; j++) {
      let sum = 0;
      let nextSum = 0;
      for (let k = 0, s = from, t = right.at + j * right.column; k < n; k++, s += left.column, t += right.row) {
        sum += a[s]! * b[t]!;
        nextSum += a[s + next]! * b[t]!;
      }
      y[i * width + j]! += sum;
      if (isPair) y[(i + 1) * width + j]! += nextSum;
    }
  }
};

/** Terms per pass: few enough that the columns of b stay in the processor's cache. */
const BLOCK = 256;

/** A matrix of a batch, transposed or not. */
const matrixOf = (elements: Float32Array, index: number, shape: readonly number[], transposed: boolean): Matrix => {
  const [rows, columns] = shape.slice(-2) as [number, number];
  const [row, column] = transposed ? [1, columns] : [columns, 1];
  return { elements, at: (index * rows * columns) % elements.length, row, column };
};

export const longProducts = (
  memoryOf: (backend: KernelBackend) => Memory,
  addOf: (backend: KernelBackend) => AddProduct,
): OwnKernel => ({
  op: 'BatchMatMul',
  why: 'sums all terms in one float32',
  when: ({ a }, { transposeA }) => (termsOfProduct(a!.shape, transposeA) as number) > LONG,
  make: (backend) => {
    const [memory, add] = [memoryOf(backend), addOf(backend)];
    return (inputs, attrs) => {
      const { a, b } = inputs as Record<'a' | 'b', KernelTensor>;
      const { transposeA, transposeB } = attrs as { transposeA: boolean; transposeB: boolean };
      const n = termsOfProduct(a.shape, transposeA) as number;
      const [m, p] = [a.shape.at(transposeA ? -1 : -2)!, b.shape.at(transposeB ? -2 : -1)!];
      const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2)) as readonly number[];
      const out = memory.create([...batch, m, p], 'float32');
      const width = widthOf(p);
      withDoubles(backend, memory, m * width, (y) => {
        const [to, as, bs] = [out, a, b].map((tensor) => memory.floats(tensor)) as [Floats, Floats, Floats];
        for (let i = 0; i < sizeOf(batch); i++) {
          const left = matrixOf(as, i, a.shape, transposeA);
          const right = matrixOf(bs, i, b.shape, transposeB);
          y.fill(0);
          for (let k = 0; k < n; k += BLOCK) {
            const [columns, rows] = [left.at + k * left.column, right.at + k * right.row];
            add(y, width, { ...left, at: columns }, { ...right, at: rows }, m, Math.min(BLOCK, n - k), p);
          }
          for (let row = 0; row < m; row++) to.set(y.subarray(row * width, row * width + p), (i * m + row) * p);
        }
      });
      return out;
    };
  },
});

type Floats = Float32Array;
