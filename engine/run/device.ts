/** What a backend that runs kernels gives the executor: kernels by name, and buffers. */
import type { DType, TypedArray } from '../types.ts';

/** A device buffer, opaque here; for tfjs a data id. Reference-counted by the device. */
export type Buffer = object;

/** What kernels take and give; for tfjs a TensorInfo. */
export interface KernelTensor {
  dataId: Buffer;
  shape: readonly number[];
  dtype: DType;
}
export type KernelInputs = Record<string, KernelTensor> | KernelTensor[];
export type Kernel = (
  inputs: KernelInputs,
  attrs: Readonly<Record<string, unknown>>,
) => KernelTensor | readonly KernelTensor[];

/** The primitive operations of a backend that runs kernels. */
export interface Device {
  /** The kernel of that name. @throws UnsupportedOpError */
  kernel(name: string): Kernel;
  upload(data: TypedArray, shape: readonly number[], dtype: DType): Buffer;
  read(buffer: Buffer, shape: readonly number[], dtype: DType): Promise<TypedArray>;
  readSync(buffer: Buffer, shape: readonly number[], dtype: DType): TypedArray;
  /** One more owner of the buffer. */
  retain(buffer: Buffer): void;
  /** One owner less; the last frees it. */
  release(buffer: Buffer): void;
  /** Does something on a device that tells later what it could not do. Absent where it throws. */
  watched?<T>(act: () => T): Watched<T>;
}

export interface Watched<T> {
  readonly value: T;
  /** Why it did not work, once that is known. */
  readonly failure: Promise<Error | undefined>;
}

/** Does something on a device, and what there is to wait for. */
export const watchedOn = <T>(
  device: Device,
  act: () => T,
): { readonly value: T; readonly failure?: Watched<T>['failure'] } => device.watched?.(act) ?? { value: act() };
