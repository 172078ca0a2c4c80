/** A backend that computes nothing and records kernel calls, to test the compiler without a device. */
import type {
  Availability,
  Backend,
  BackendStore,
  Buffer,
  DeviceValue,
  DType,
  Executable,
  Kernel,
  KernelTensor,
  Memory,
  ProgramGraph,
  Target,
  TypedArray,
} from '../../engine/index.ts';
import { BackendError, makePlan, shownBackend, sizeOf, typedArrayOf } from '../../engine/index.ts';
import type { KernelDevice } from '../backend.ts';
import { KernelPlan } from '../kernel-plan.ts';
import { KernelStore } from '../kernel-store.ts';
import type { Limits } from '../limits.ts';

/** A buffer of the null device: an identity and an owner count. */
interface NullBuffer {
  owners: number;
}

/** Detects the use of freed buffers, which other devices do not. @throws BackendError */
function requireOwned(buffer: Buffer): void {
  if (!(buffer as NullBuffer | undefined)?.owners) throw new BackendError('a buffer was used after it had been freed');
}

/** A recorded kernel call. */
export interface NullCall {
  readonly kernel: string;
  readonly attrs: Readonly<Record<string, unknown>>;
}

export interface NullOptions {
  /** Whether there is a kernel of that name; by default there always is. */
  readonly supports?: (kernel: string) => boolean;
  readonly rules?: Target['rules'];
  readonly boundRules?: Target['boundRules'];
  readonly limits?: Limits;
  /** The number of outputs of a kernel; 1 by default. */
  readonly outputs?: (kernel: string, attrs: Readonly<Record<string, unknown>>) => number;
}

export class NullBackend implements Backend {
  readonly name = 'null';
  readonly ready = true;
  readonly synchronous = true;
  readonly target: Target;
  /** All kernel calls so far. */
  readonly calls: NullCall[] = [];
  readonly device: KernelDevice & { readonly live: number };

  constructor(options: NullOptions = {}) {
    const { supports = () => true, rules = [], boundRules = [] } = options;
    this.target = { name: 'null', supports: (node) => supports(node.op.name), rules, boundRules, fusions: [] };
    this.device = new NullDevice(this.calls, options.limits ?? {}, options.outputs ?? (() => 1));
  }

  async availability(): Promise<Availability> {
    return { available: true, detail: 'computes nothing' };
  }

  async start(): Promise<void> {}

  openStore(): BackendStore {
    return new KernelStore(this.device);
  }

  prepare(program: ProgramGraph): Executable {
    return new KernelPlan(makePlan(program), this.device);
  }

  memory(): Memory {
    return { buffers: this.device.live, bytes: 0 };
  }
}

shownBackend(NullBackend);

class NullDevice implements KernelDevice {
  live = 0;
  readonly limits: Limits;
  readonly #calls: NullCall[];
  readonly #outputs: (kernel: string, attrs: Readonly<Record<string, unknown>>) => number;

  constructor(calls: NullCall[], limits: Limits, outputs: NonNullable<NullOptions['outputs']>) {
    this.#calls = calls;
    this.limits = limits;
    this.#outputs = outputs;
  }

  requireAlive(): void {}

  kernel(name: string): Kernel {
    return (inputs, attrs) => {
      const tensors = inputs as Readonly<Record<string, KernelTensor>>;
      for (const key in tensors) requireOwned(tensors[key]!.dataId);
      this.#calls.push({ kernel: name, attrs });
      const count = this.#outputs(name, attrs);
      return count === 1 ? this.#tensor() : Array.from({ length: count }, () => this.#tensor());
    };
  }

  upload(): Buffer {
    return this.#make();
  }

  async read(buffer: Buffer, shape: readonly number[], dtype: DType): Promise<TypedArray> {
    return this.readSync(buffer, shape, dtype);
  }

  readSync(buffer: Buffer, shape: readonly number[], dtype: DType): TypedArray {
    requireOwned(buffer);
    return typedArrayOf(dtype, sizeOf(shape));
  }

  retain(buffer: Buffer): void {
    requireOwned(buffer);
    (buffer as NullBuffer).owners++;
  }

  release(buffer: Buffer): void {
    requireOwned(buffer);
    if (--(buffer as NullBuffer).owners === 0) this.live--;
  }

  bufferOf(): Buffer | undefined {
    return undefined;
  }

  setShape(): void {}

  toHost(value: DeviceValue): TypedArray {
    return typedArrayOf(value.dtype as DType, sizeOf(value.shape));
  }

  give(buffer: Buffer, shape: readonly number[], dtype: DType): DeviceValue {
    return { ...(buffer as object), shape, dtype };
  }

  #tensor(): KernelTensor {
    return { dataId: this.#make(), shape: [], dtype: 'float32' };
  }

  #make(): NullBuffer {
    this.live++;
    return { owners: 1 };
  }
}

export const nothing = new NullBackend();
