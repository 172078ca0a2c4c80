/** The contract of backends. The part that the engine calls is in engine/run/backend.ts; this is what kernel backends add. */
import type { Backend, Buffer, Device, DeviceDetails, DeviceValue, DType, TypedArray } from '../engine/index.ts';
import type { Limits } from './limits.ts';

/** A device that can also exchange values with the library that owns it, and that may be lost. */
export interface KernelDevice extends Device {
  readonly limits: Limits;
  /** @throws DeviceLostError once it is lost */
  requireAlive(): void;
  /** The buffer of a value that lives on this device already; undefined for one that lives elsewhere. */
  bufferOf(value: DeviceValue): Buffer | undefined;
  /** Tells the library the shape of a buffer that was made under another (a view). */
  setShape(buffer: Buffer, shape: readonly number[]): void;
  /** The elements of a value that lives elsewhere. */
  toHost(value: DeviceValue): TypedArray;
  /** Hands a buffer over to the caller, as the library's own kind of value (a tf.Tensor). */
  give(buffer: Buffer, shape: readonly number[], dtype: DType): DeviceValue;
}

/** A backend whose device is in this thread. */
export interface LocalBackend extends Backend {
  /** The started device. @throws BackendError */
  readonly device: KernelDevice;
  /** Names of its kernels, once it has started. */
  readonly kernels: readonly string[];
  details(): DeviceDetails;
}
