/** The interfaces of kernel backends, which extend those that the engine calls (engine/run/backend.ts). */
import type { Backend, Buffer, Device, DeviceDetails, DeviceValue, DType, TypedArray } from '../engine/index.ts';
import type { Limits } from './limits.ts';

/** A device that may be lost, and that exchanges values with the library that owns it. */
export interface KernelDevice extends Device {
  readonly limits: Limits;
  /** @throws DeviceLostError once it is lost */
  requireAlive(): void;
  /** The buffer of a value on this device; undefined for a value on another device. */
  bufferOf(value: DeviceValue): Buffer | undefined;
  /** Tells the library the new shape of a buffer that was made with another one (a view). */
  setShape(buffer: Buffer, shape: readonly number[]): void;
  /** The elements of a value on another device. @throws FeedError if they cannot be read */
  toHost(value: DeviceValue): TypedArray;
  /** Passes a buffer to the caller, as the library's type of value (a tf.Tensor). */
  give(buffer: Buffer, shape: readonly number[], dtype: DType): DeviceValue;
}

/** A backend whose device is used from this thread. */
export interface LocalBackend extends Backend {
  /** The started device. @throws BackendError */
  readonly device: KernelDevice;
  /** Names of its kernels; empty before it has started. */
  readonly kernels: readonly string[];
  details(): DeviceDetails;
}
