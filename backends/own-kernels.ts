/** Kernels of our own, as rows of a table that each backend has: in place of tfjs's where those are wrong, coarse, slow or not there. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { Kernel, KernelTensor } from '../engine/index.ts';

export type NamedTensors = Readonly<Record<string, KernelTensor>>;
export type KernelAttrs = Readonly<Record<string, unknown>>;
/** A kernel of an op whose inputs have names. */
export type NamedKernel = (inputs: NamedTensors, attrs: KernelAttrs) => KernelTensor | readonly KernelTensor[];

export interface OwnKernel {
  readonly op: string;
  /** What is wrong with tfjs's. */
  readonly why: string;
  /** Which calls it takes; all by default. The others go to the kernel before it. */
  readonly when?: (inputs: NamedTensors, attrs: KernelAttrs) => boolean;
  /** It calls no kernel of tfjs, which may not have one. */
  readonly complete?: true;
  /** @param otherwise the kernel before it */
  readonly make: (backend: KernelBackend, otherwise: NamedKernel) => NamedKernel;
}

/** For `when`. */
export const ofFloats = (inputs: NamedTensors): boolean => {
  for (const name in inputs) if (inputs[name]!.dtype !== 'float32') return false;
  return true;
};

/** An op's kernel: the last of its rows that takes a call, else the one that there is. */
export const kernelOf = (rows: readonly OwnKernel[], op: string, kernel: Kernel, backend: KernelBackend): Kernel =>
  rows
    .filter((row) => row.op === op)
    .reduce((otherwise, { when, make }) => {
      const own = make(backend, otherwise);
      return when === undefined ? own : (inputs, attrs) => (when(inputs, attrs) ? own : otherwise)(inputs, attrs);
    }, kernel as NamedKernel) as Kernel;
