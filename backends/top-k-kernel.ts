/** TopK for infinities and NaN, for which tfjs's kernels are wrong: cpu's subtracts infinities, and NaN breaks cpu's and wasm's. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { KernelTensor } from '../engine/index.ts';
import { type OwnKernel, ofFloats } from './own-kernels.ts';

/** Sorts if elements are infinite or NaN, else calls tfjs's kernel. */
export const topK: OwnKernel = {
  op: 'TopK',
  why: 'wrong where elements are infinite or NaN',
  when: ofFloats,
  make: (backend, otherwise) => (inputs, attrs) => {
    const { x } = inputs as Record<'x', KernelTensor>;
    const elements = backend.readSync(x.dataId) as Float32Array;
    return elements.every(Number.isFinite)
      ? otherwise(inputs, attrs)
      : sorted(elements, x.shape, attrs.k as number, backend);
  },
};

/** Compares indices by element in descending order, NaN first; equal elements by index. */
const descending =
  (elements: Float32Array) =>
  (i: number, j: number): number => {
    const [a, b] = [elements[i]!, elements[j]!];
    if (a === b) return i - j;
    if (a > b) return -1;
    if (a < b) return 1;
    return Number(Number.isNaN(b)) - Number(Number.isNaN(a)) || i - j;
  };

function sorted(elements: Float32Array, shape: readonly number[], k: number, backend: KernelBackend): KernelTensor[] {
  const n = shape.at(-1)!;
  const rows = elements.length / n;
  const values = elements.slice(0, rows * k);
  const indices = new Int32Array(rows * k);
  for (let row = 0; row < rows; row++) {
    const rowElements = elements.subarray(row * n, (row + 1) * n);
    const order = Array.from(rowElements, (_, i) => i).sort(descending(rowElements));
    for (let j = 0; j < k; j++) {
      indices[row * k + j] = order[j]!;
      values[row * k + j] = rowElements[order[j]!]!;
    }
  }
  const out = [...shape.slice(0, -1), k];
  return [
    { dataId: backend.write(values, out, 'float32'), shape: out, dtype: 'float32' },
    { dataId: backend.write(indices, out, 'int32'), shape: out, dtype: 'int32' },
  ];
}
