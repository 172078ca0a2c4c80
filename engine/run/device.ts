/** The interface between the executor and a backend that runs kernels: kernels by name, and buffers. */
import type { DType, TypedArray } from '../types.ts';

/** A device buffer, reference-counted by the device; opaque to the engine. For tfjs a data id. */
export type Buffer = object;

/** An input or output of a kernel; for tfjs a TensorInfo. */
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
  /** @throws UnsupportedOpError if there is no kernel of that name */
  kernel(name: string): Kernel;
  upload(data: TypedArray, shape: readonly number[], dtype: DType): Buffer;
  read(buffer: Buffer, shape: readonly number[], dtype: DType): Promise<TypedArray>;
  readSync(buffer: Buffer, shape: readonly number[], dtype: DType): TypedArray;
  /** Adds an owner of the buffer. */
  retain(buffer: Buffer): void;
  /** Removes an owner; frees the buffer after the last one. */
  release(buffer: Buffer): void;
  /** Runs `act` on a device that reports errors asynchronously. Absent on devices that throw. */
  watched?<T>(act: () => T): Watched<T>;
}

export interface Watched<T> {
  readonly value: T;
  /** Resolves to the error that `act` caused on the device, or to undefined. */
  readonly failure: Promise<Error | undefined>;
}

/** Runs `act` on a device; `failure` is present if the device reports errors asynchronously. */
export const watchedOn = <T>(
  device: Device,
  act: () => T,
): { readonly value: T; readonly failure?: Watched<T>['failure'] } => device.watched?.(act) ?? { value: act() };
