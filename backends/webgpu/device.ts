/** The WebGPU device behind tfjs's backend: watched, measured. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { Availability, DeviceDetails } from '../../engine/index.ts';
import type { Limits } from '../limits.ts';
import { isSoftware } from '../software.ts';
import type { DeviceWatch } from '../tfjs.ts';

// The parts of WebGPU that are used here: its types are not ours to bring to users.
interface AdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  readonly isFallbackAdapter?: boolean;
}
interface Gpu {
  requestAdapter(): Promise<{ readonly info: AdapterInfo } | null>;
}
interface GpuDevice extends EventTarget {
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>;
  readonly limits: { readonly maxBufferSize: number; readonly maxStorageBufferBindingSize: number };
  readonly adapterInfo?: AdapterInfo;
}

const deviceOf = (backend: KernelBackend): GpuDevice => (backend as unknown as { readonly device: GpuDevice }).device;

export function watch(backend: KernelBackend, { lost, failed }: DeviceWatch): void {
  const device = deviceOf(backend);
  void device.lost.then(({ reason, message }) => lost([reason, message].filter(Boolean).join(': ')));
  // without a listener, work that the GPU refuses, or has no memory for, ends in the console
  device.addEventListener('uncapturederror', (event) => {
    failed((event as Event & { readonly error: { readonly message: string } }).error.message);
  });
}

/** All of tfjs's elements have four bytes there. */
const ELEMENT_BYTES = 4;

export function limits(backend: KernelBackend): Limits {
  const { maxBufferSize, maxStorageBufferBindingSize } = deviceOf(backend).limits;
  const bytes = Math.min(maxBufferSize, maxStorageBufferBindingSize);
  return {
    maxElements: Math.floor(bytes / ELEMENT_BYTES),
    cause: `buffers of at most ${bytes.toLocaleString('en')} bytes`,
  };
}

export const details = (backend: KernelBackend): DeviceDetails => {
  const { adapterInfo } = deviceOf(backend);
  const { maxElements } = limits(backend);
  return {
    ...(adapterInfo && { device: nameOf(adapterInfo) }),
    precision: 'float32',
    ...(maxElements !== undefined && { maxElements }),
  };
};

export async function availability(): Promise<Availability> {
  const gpu = typeof navigator === 'object' ? (navigator as { readonly gpu?: Gpu }).gpu : undefined;
  if (gpu === undefined)
    return {
      available: false,
      reason: 'there is no WebGPU here',
      remedy: 'use a current browser, and a page served by https or from localhost',
    };
  const adapter = await gpu.requestAdapter();
  if (adapter === null)
    return {
      available: false,
      reason: 'WebGPU finds no graphics adapter',
      remedy: 'enable hardware acceleration, or update the graphics driver',
    };
  const name = nameOf(adapter.info);
  return {
    available: true,
    detail: `WebGPU, ${name}`,
    software: adapter.info.isFallbackAdapter === true || isSoftware(name),
  };
}

const nameOf = ({ description, vendor, architecture }: AdapterInfo): string =>
  [vendor, architecture, description].filter(Boolean).join(' ') || 'an adapter without a name';
