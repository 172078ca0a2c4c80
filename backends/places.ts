/** Where rows of indices point. */
import { type KernelTensor, sizeOf } from '../engine/index.ts';

export interface Places {
  /** How many rows of indices there are. */
  readonly count: number;
  /** How many elements lie at a place: indices may point at slices. */
  readonly slice: number;
  /** By how many places each column of the indices steps. */
  readonly strides: readonly number[];
}

/** The places in a value of a shape that `indices` points at. */
export function placesOf(indices: KernelTensor, shape: readonly number[]): Places {
  const depth = indices.shape.at(-1)!;
  return {
    count: sizeOf(indices.shape.slice(0, -1)),
    slice: sizeOf(shape.slice(depth)),
    strides: shape.slice(0, depth).map((_, k) => sizeOf(shape.slice(k + 1, depth))),
  };
}
