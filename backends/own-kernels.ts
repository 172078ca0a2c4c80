/** Own kernels: rows of a table in each backend, which replace tfjs's kernels that are wrong, imprecise, slow or missing. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { Kernel, KernelTensor } from '../engine/index.ts';

export type NamedTensors = Readonly<Record<string, KernelTensor>>;
export type KernelAttrs = Readonly<Record<string, unknown>>;
/** A kernel of an op whose inputs have names. */
export type NamedKernel = (inputs: NamedTensors, attrs: KernelAttrs) => KernelTensor | readonly KernelTensor[];

export interface OwnKernel {
  readonly op: string;
  /** What is wrong with tfjs's kernel. */
  readonly why: string;
  /** Which calls it handles; all by default. Others go to `otherwise`. */
  readonly when?: (inputs: NamedTensors, attrs: KernelAttrs) => boolean;
  /** Whether it works without a kernel of tfjs. */
  readonly complete?: true;
  /** @param otherwise the previous row's kernel, or tfjs's */
  readonly make: (backend: KernelBackend, otherwise: NamedKernel) => NamedKernel;
}

/** A `when` for calls whose inputs are all float32. */
export const ofFloats = (inputs: NamedTensors): boolean => {
  for (const name in inputs) if (inputs[name]!.dtype !== 'float32') return false;
  return true;
};

/** An op's kernel: the last of its rows that handles a call, else `kernel`. */
export const kernelOf = (rows: readonly OwnKernel[], op: string, kernel: Kernel, backend: KernelBackend): Kernel =>
  rows
    .filter((row) => row.op === op)
    .reduce((otherwise, { when, make }) => {
      const own = make(backend, otherwise);
      return when === undefined ? own : (inputs, attrs) => (when(inputs, attrs) ? own : otherwise)(inputs, attrs);
    }, kernel as NamedKernel) as Kernel;
