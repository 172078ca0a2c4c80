/** What WebGPU finds wrong: it does not throw, but leaves out what it was asked to do, and all that was asked together with it. */
import { findBackend } from '@tensorflow/tfjs-core';

/** Does something, and throws what WebGPU found wrong with it. */
export async function watched<T>(act: () => Promise<T>): Promise<T> {
  const { device } = (findBackend('webgpu') ?? {}) as { readonly device?: GPUDevice };
  if (device === undefined) return act();
  device.pushErrorScope('validation');
  const [outcome] = await Promise.allSettled([act()]);
  const error = await device.popErrorScope();
  if (error !== null) throw new Error(error.message);
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}
