/** The WebGPU device of tfjs's backend: loss, errors, limits and availability. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { Availability, DeviceDetails, DType } from '../../engine/index.ts';
import type { Limits } from '../limits.ts';
import { isSoftware } from '../software.ts';
import type { DeviceWatch } from '../tfjs.ts';

// the WebGPU types used here; depending on @webgpu/types would impose them on users
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
  readonly queue: { writeBuffer(buffer: object, offset: number, data: ArrayBufferView): void };
  pushErrorScope(kind: string): void;
  popErrorScope(): Promise<{ readonly message: string } | null>;
}

const deviceOf = (backend: KernelBackend): GpuDevice => (backend as unknown as { readonly device: GpuDevice }).device;

/** The numbers with which some of tfjs's shaders start a maximum, instead of an infinity; wrong if all values lie beyond them. */
const SENTINEL = /-1\.0 \/ pow\(10\.0, -20\.0\)|-3\.4(02823)?e\+?38f?\b/g;

/** Replaces the sentinels in shaders by infinities, and makes uploads independent of the encoded commands. */
export function adjust(backend: KernelBackend): void {
  adjustUploads(backend as unknown as WebgpuInternals);
  const internals = backend as WebGPUBackend;
  const run = internals.runWebGPUProgram.bind(internals);
  internals.runWebGPUProgram = (program, ...rest) => {
    const code = program.getUserCode.bind(program);
    program.getUserCode = () => code().replace(SENTINEL, '-uniforms.INFINITY');
    return run(program, ...rest);
  };
}

export function watch(backend: KernelBackend, { lost, failed }: DeviceWatch): void {
  const device = deviceOf(backend);
  void device.lost.then(({ reason, message }) => lost([reason, message].filter(Boolean).join(': ')));
  // without a listener, validation and out-of-memory errors are only logged to the console
  device.addEventListener('uncapturederror', (event) => {
    failed((event as Event & { readonly error: { readonly message: string } }).error.message);
  });
}

interface TensorData {
  readonly dtype: DType;
  values: ArrayLike<number> | null;
  readonly resource?: object;
}
/** tfjs internals that its types keep private. */
interface WebgpuInternals {
  readonly device: GpuDevice;
  readonly commandEncoder: object | null;
  pipelineCache: object;
  readonly tensorMap: { get(dataId: object): TensorData };
  uploadToGPU(dataId: object): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

/** tfjs uploads by a copy command and keeps no other copy, so a shader that does not compile in the same batch would lose the data. */
function adjustUploads(internals: WebgpuInternals): void {
  const upload = internals.uploadToGPU.bind(internals);
  internals.uploadToGPU = (dataId) => {
    const entry = internals.tensorMap.get(dataId);
    const { values, dtype } = entry;
    if (entry.resource || !values) return upload(dataId);
    entry.values = null;
    upload(dataId);
    const words = dtype === 'int32' || dtype === 'bool' ? Int32Array.from(values) : Float32Array.from(values);
    if (words.length > 0) internals.device.queue.writeBuffer(entry.resource!, 0, words);
  };
}

/** The kinds of errors, each of which needs its own scope. */
const ERRORS = ['validation', 'out-of-memory', 'internal'];

/**
 * Collects the errors of commands from now until the returned function is called. They are submitted in a batch of their own, since a
 * shader that does not compile invalidates its whole batch.
 */
export function scope(backend: KernelBackend): () => Promise<string | undefined> {
  const internals = backend as unknown as WebgpuInternals;
  const { device } = internals;
  const send = (): void => {
    internals.endComputePassEncoder();
    if (internals.commandEncoder) internals.submitQueue();
  };
  send();
  for (const kind of ERRORS) device.pushErrorScope(kind);
  return async () => {
    send();
    // a lost device has no scopes
    const found = await Promise.all(ERRORS.map(() => device.popErrorScope().catch(() => null)));
    const error = found.find((e) => e !== null);
    // tfjs caches pipelines that failed to compile too
    if (error) internals.pipelineCache = {};
    return error?.message;
  };
}

/** Bytes of an element of any dtype. */
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
