/**
 * Pooling kernels in JavaScript on the backend's memory. tfjs's compute the maximum 1e-38 for a window of negative values (wasm), give the
 * cotangent of a tie to its last element (wasm; cpu, 3-D), or visit every window for each element (both).
 */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { type KernelTensor, sizeOf } from '../engine/index.ts';
import { layWindows, type PoolAttrs, pooledShape, type Window } from '../ops/pooling/geometry.ts';
import { type NamedTensors, type OwnKernel, ofFloats } from './own-kernels.ts';

/** A backend's memory that JavaScript can access. */
export interface Memory {
  /** A new tensor with uninitialised elements. */
  create(shape: readonly number[], dtype: 'float32' | 'int32'): KernelTensor;
  /** A view of the elements, valid until the next tensor is created. */
  floats(tensor: KernelTensor): Float32Array;
  ints(tensor: KernelTensor): Int32Array;
}

type PoolingKernel = (
  memory: Memory,
  inputs: NamedTensors,
  attrs: PoolAttrs & { readonly includeBatchInIndex?: boolean },
) => KernelTensor | readonly KernelTensor[];

const maxima: PoolingKernel = (memory, { x }, attrs) => {
  const layout = layoutOf(x!.shape, attrs);
  const y = memory.create(layout.pooled, 'float32');
  const from = memory.floats(x!);
  take(from, firstMaxima(from, layout), memory.floats(y));
  return y;
};

const maximaAndIndices: PoolingKernel = (memory, { x }, attrs) => {
  const layout = layoutOf(x!.shape, attrs);
  const y = memory.create(layout.pooled, 'float32');
  const indexes = memory.create(layout.pooled, 'int32');
  const from = memory.floats(x!);
  const at = firstMaxima(from, layout);
  take(from, at, memory.floats(y));
  const image = sizeOf(x!.shape.slice(1));
  memory.ints(indexes).set(attrs.includeBatchInIndex ? at : at.map((i) => i % image));
  return [y, indexes];
};

function take(from: Float32Array, at: Int32Array, to: Float32Array): void {
  for (let i = 0; i < at.length; i++) to[i] = from[at[i]!]!;
}

const maximaGrad: PoolingKernel = (memory, { dy, input }, attrs) => {
  const dx = memory.create(input!.shape, 'float32');
  const to = memory.floats(dx).fill(0);
  const from = memory.floats(dy!);
  const at = firstMaxima(memory.floats(input!), layoutOf(input!.shape, attrs));
  for (let i = 0; i < at.length; i++) to[at[i]!]! += from[i]!;
  return dx;
};

/** Requires windows without padding. */
const averagesGrad: PoolingKernel = (memory, { dy, input }, attrs) => {
  const layout = layoutOf(input!.shape, attrs);
  const dx = memory.create(input!.shape, 'float32');
  const to = memory.floats(dx).fill(0);
  const from = memory.floats(dy!);
  const share = 1 / sizeOf(attrs.filterSize);
  const { channels, row, slab } = layout;
  forEachWindow(layout, (out, begin, slabs, rows, columns) => {
    for (let z = begin; z < begin + slabs * slab; z += slab)
      for (let y = z; y < z + rows * row; y += row)
        for (let x = y; x < y + columns * channels; x += channels)
          for (let c = 0; c < channels; c++) to[x + c]! += from[out + c]! * share;
  });
  return dx;
};

/** Writes averages over the elements of each window that are not padding; 0 for a window of padding alone. */
export function writeAverages(from: Float32Array, shape: readonly number[], attrs: PoolAttrs, to: Float32Array): void {
  const layout = layoutOf(shape, attrs);
  const { channels, row, slab } = layout;
  forEachWindow(layout, (out, begin, slabs, rows, columns) => {
    const count = slabs * rows * columns;
    for (let c = 0; c < channels; c++) {
      let total = 0;
      for (let z = begin + c; z < begin + c + slabs * slab; z += slab)
        for (let y = z; y < z + rows * row; y += row)
          for (let x = y; x < y + columns * channels; x += channels) total += from[x]!;
      to[out + c] = count > 0 ? total / count : 0;
    }
  });
}

const KERNELS: Readonly<Record<string, PoolingKernel>> = {
  AvgPoolGrad: averagesGrad,
  AvgPool3DGrad: averagesGrad,
  MaxPool3D: maxima,
  MaxPoolGrad: maximaGrad,
  MaxPool3DGrad: maximaGrad,
  MaxPoolWithArgmax: maximaAndIndices,
};

/** Whether this file has a kernel of that name; it requires float32. */
export const isPoolingKernel = (name: string): boolean => Object.hasOwn(KERNELS, name);

/** Of a backend with such a memory. */
export const poolingKernels = (memoryOf: (backend: KernelBackend) => Memory): readonly OwnKernel[] =>
  Object.entries(KERNELS).map(([op, pooling]) => ({
    op,
    why: 'wrong for ties or windows of negative values, or slow',
    when: ofFloats,
    make: (backend) => {
      const memory = memoryOf(backend);
      return (inputs, attrs) => pooling(memory, inputs, attrs as never);
    },
  }));

/** The windows along an axis, with bound sizes. */
type Axis = { readonly [K in 'extent' | 'size' | 'stride' | 'before' | 'count']: number };

interface Layout {
  readonly batch: number;
  /** Depth, height and width; an image has depth 1. */
  readonly axes: readonly [Axis, Axis, Axis];
  readonly channels: number;
  /** Strides of rows, and of depth, in elements. */
  readonly row: number;
  readonly slab: number;
  readonly pooled: readonly number[];
}

const FLAT: Axis = { extent: 1, size: 1, stride: 1, before: 0, count: 1 };

export function layoutOf(shape: readonly number[], attrs: PoolAttrs): Layout {
  const windows = layWindows(shape, attrs);
  const axes = windows as readonly (Window & Axis)[];
  const row = sizeOf(shape.slice(-2));
  return {
    batch: shape[0]!,
    axes: axes.length === 2 ? [FLAT, axes[0]!, axes[1]!] : [axes[0]!, axes[1]!, axes[2]!],
    channels: shape.at(-1)!,
    row,
    slab: shape.at(-3)! * row,
    pooled: pooledShape(shape, windows) as readonly number[],
  };
}

/** Called for each window: the offset of its results, and the part without padding: its offset, depth, rows and columns. */
type Visit = (out: number, begin: number, slabs: number, rows: number, columns: number) => void;

export function forEachWindow(
  { batch, axes: [depth, height, width], channels, row, slab }: Layout,
  visit: Visit,
): void {
  let out = 0;
  for (let n = 0; n < batch; n++) {
    for (let i = 0; i < depth.count; i++) {
      const z = i * depth.stride - depth.before;
      const firstSlab = Math.max(0, z);
      const slabs = Math.min(depth.extent, z + depth.size) - firstSlab;
      for (let j = 0; j < height.count; j++) {
        const y = j * height.stride - height.before;
        const firstRow = Math.max(0, y);
        const rows = Math.min(height.extent, y + height.size) - firstRow;
        for (let k = 0; k < width.count; k++) {
          const x = k * width.stride - width.before;
          const firstColumn = Math.max(0, x);
          const columns = Math.min(width.extent, x + width.size) - firstColumn;
          const begin = (n * depth.extent + firstSlab) * slab + firstRow * row + firstColumn * channels;
          visit(out, begin, slabs, rows, columns);
          out += channels;
        }
      }
    }
  }
}

/** The index of each window's first maximum. */
function firstMaxima(from: Float32Array, layout: Layout): Int32Array {
  const at = new Int32Array(sizeOf(layout.pooled));
  const { channels, row, slab } = layout;
  forEachWindow(layout, (out, begin, slabs, rows, columns) => {
    for (let c = 0; c < channels; c++) {
      let index = begin + c;
      let largest = from[index]!;
      for (let z = begin + c; z < begin + c + slabs * slab; z += slab) {
        for (let y = z; y < z + rows * row; y += row) {
          for (let x = y; x < y + columns * channels; x += channels) {
            if (from[x]! > largest) {
              largest = from[x]!;
              index = x;
            }
          }
        }
      }
      at[out + c] = index;
    }
  });
  return at;
}
