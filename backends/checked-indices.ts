/**
 * Range checks for kernels that do not check their indices: on wasm an index out of range reads or writes elsewhere on the heap, so that
 * results or other tensors are silently wrong; on cpu it may select another element.
 */
import { IndexError } from '../engine/index.ts';
import type { KernelAttrs, NamedTensors, OwnKernel } from './own-kernels.ts';

interface Indexing {
  /** The name of the input with the indices. */
  readonly indices: string;
  /** Whether an index is a row of numbers instead of one number. */
  readonly rows: boolean;
  /** The size of the indexed axis for each index column. */
  readonly limits: (inputs: NamedTensors, attrs: KernelAttrs) => readonly number[];
}

const INDEXED: Readonly<Record<string, Indexing>> = {
  CropAndResize: { indices: 'boxInd', rows: false, limits: ({ image }) => image!.shape.slice(0, 1) },
  GatherNd: { indices: 'indices', rows: true, limits: ({ params }) => params!.shape },
  ScatterNd: { indices: 'indices', rows: true, limits: (_inputs, { shape }) => shape as readonly number[] },
  SparseToDense: {
    indices: 'sparseIndices',
    rows: true,
    limits: (_inputs, { outputShape }) => outputShape as readonly number[],
  },
  TensorScatterUpdate: { indices: 'indices', rows: true, limits: ({ tensor }) => tensor!.shape },
};

/** Kernels that check their indices before calling tfjs's. @throws IndexError */
export const checkedIndices: readonly OwnKernel[] = Object.entries(INDEXED).map(([op, { indices, rows, limits }]) => ({
  op,
  why: 'takes any index',
  make: (backend, otherwise) => (inputs, attrs) => {
    const { dataId, shape } = inputs[indices]!;
    const columns = rows ? (shape.at(-1) ?? 1) : 1;
    requireInRange(op, backend.readSync(dataId) as Int32Array, columns, limits(inputs, attrs));
    return otherwise(inputs, attrs);
  },
}));

function requireInRange(name: string, indices: Int32Array, columns: number, limits: readonly number[]): void {
  for (let i = 0; i < indices.length; i++) {
    const limit = limits[i % columns]!;
    if (indices[i]! < 0 || indices[i]! >= limit) {
      throw new IndexError(`${name}: the index ${indices[i]} is not in [0, ${limit - 1}]`);
    }
  }
}
