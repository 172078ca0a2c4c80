/** The layout of indices into a tensor: rows of indices that select elements or slices. */
import { type KernelTensor, sizeOf } from '../engine/index.ts';

export interface IndexStrides {
  /** The number of rows of indices. */
  readonly count: number;
  /** The number of elements of the slice that a row of indices selects; 1 for an element. */
  readonly slice: number;
  /** The stride of each index column, in slices. */
  readonly strides: readonly number[];
}

/** The layout of `indices` into a value of the given shape. */
export function indexStridesOf(indices: KernelTensor, shape: readonly number[]): IndexStrides {
  const depth = indices.shape.at(-1)!;
  return {
    count: sizeOf(indices.shape.slice(0, -1)),
    slice: sizeOf(shape.slice(depth)),
    strides: shape.slice(0, depth).map((_, k) => sizeOf(shape.slice(k + 1, depth))),
  };
}
