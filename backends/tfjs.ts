/**
 * The adaptor of tfjs backends. It calls kernels directly, without tfjs's tape and tidy, on tfjs's own instance of the backend, so that
 * tf.Tensors are fed and returned without copies.
 */
import './tfjs-scope.ts';
import * as tf from '@tensorflow/tfjs-core';
import {
  type Availability,
  asTypedArray,
  BackendError,
  type BackendStore,
  type Buffer,
  type DeviceDetails,
  DeviceLostError,
  type DeviceValue,
  type DType,
  type Executable,
  FeedError,
  IndexError,
  type Kernel,
  type KernelInputs,
  type KernelTensor,
  type Memory,
  makePlan,
  type ProgramGraph,
  shownBackend,
  type Target,
  type TypedArray,
  typedArrayOf,
  UnsupportedOpError,
  type Watched,
} from '../engine/index.ts';
import type { KernelDevice, LocalBackend } from './backend.ts';
import { importCommonJs } from './commonjs-scope.ts';
import { KernelPlan } from './kernel-plan.ts';
import { KernelStore } from './kernel-store.ts';
import type { Limits } from './limits.ts';
import { kernelOf, type OwnKernel } from './own-kernels.ts';
import { OwnerJournal } from './owner-journal.ts';
import { type TfjsTarget, targetOf } from './target.ts';
import { closeScope } from './tfjs-scope.ts';

closeScope();

/** Wraps a kernel. */
export type KernelWrapper = (name: string, kernel: Kernel, backend: tf.KernelBackend) => Kernel;

/** Callbacks for errors of a device. */
export interface DeviceWatch {
  /** The device was lost with all its values. */
  readonly lost: (reason: string) => void;
  /** An operation failed. */
  readonly failed: (reason: string) => void;
}

/** The differences between tfjs backends. */
export interface TfjsBackendOptions extends TfjsTarget {
  /** tfjs's name of the backend; by default `name`. */
  readonly tfjsName?: string;
  /** Loads the package that registers it. */
  readonly load: () => Promise<unknown>;
  /** Wraps loading and initialising. */
  readonly around?: (start: () => Promise<void>) => Promise<void>;
  readonly availability: () => Promise<Availability>;
  /** Whether values can be read synchronously. */
  readonly synchronous: boolean;
  /** Whether the backend stores and returns arrays without copying them. */
  readonly aliasesArrays: boolean;
  /** Makes tfjs's instance of the backend, if tfjs's own factory is not suitable. */
  readonly create?: () => Promise<tf.KernelBackend>;
  /** Patches tfjs's instance before its first use here. */
  readonly adjust?: (backend: tf.KernelBackend) => void;
  /** Listens for a lost device and other errors. */
  readonly watch?: (backend: tf.KernelBackend, watch: DeviceWatch) => void;
  /** For a device that does not throw: starts collecting errors; the returned function ends it and gives the first error's message. */
  readonly scope?: (backend: tf.KernelBackend) => () => Promise<string | undefined>;
  /** Whether the device is lost, if that can be tested before `watch` reports it. */
  readonly isLost?: (backend: tf.KernelBackend) => boolean;
  readonly limits?: (backend: tf.KernelBackend) => Limits;
  readonly details?: (backend: tf.KernelBackend) => DeviceDetails;
  /** Kernels that replace or extend tfjs's. */
  readonly ownKernels?: readonly OwnKernel[];
  /** Wraps every kernel. */
  readonly wrapper?: KernelWrapper;
  /** Wraps tfjs's kernels only. */
  readonly adapter?: KernelWrapper;
  /** For buffers with a fixed shape: takes ownership of a buffer and returns one of that shape. */
  readonly withShape?: (buffer: Buffer, shape: readonly number[], dtype: DType, backend: tf.KernelBackend) => Buffer;
  /** Bytes in use, if the backend can tell. */
  readonly bytes?: (backend: tf.KernelBackend) => number;
  /** The tfjs to use; tests use one in double precision. */
  readonly tfjs?: Pick<typeof tf, 'engine' | 'getKernelsForBackend'>;
}

const isComplete = ({ ownKernels = [] }: TfjsBackendOptions, op: string): boolean =>
  ownKernels.some((own) => own.op === op && own.complete);

/** A priority below those of tfjs's own backends. */
const LOWEST_PRIORITY = 0;

type Factory = () => tf.KernelBackend | Promise<tf.KernelBackend>;

/** tfjs's registration of a backend. */
interface BackendEntry {
  priority: number;
  factory: Factory;
}

/** tfjs internals that its types keep private. */
interface EngineInternals {
  readonly registry: Record<string, tf.KernelBackend | undefined>;
  readonly registryFactory: Record<string, BackendEntry | undefined>;
  /** The pending start of a backend. */
  readonly pendingBackendInit: Promise<unknown> | undefined;
  readonly state: { readonly tensorInfo: WeakMap<object, { readonly backend: tf.KernelBackend }> };
  /** Ignores unknown data ids. */
  removeDataId(dataId: object, backend: tf.KernelBackend): void;
  makeTensorFromTensorInfo(
    info: { dataId: object; shape: readonly number[]; dtype: DType },
    backend: tf.KernelBackend,
  ): tf.Tensor;
}

export class TfjsBackend implements LocalBackend {
  readonly name: string;
  readonly synchronous: boolean;
  readonly target: Target;
  readonly #options: TfjsBackendOptions;
  readonly #tfjs: NonNullable<TfjsBackendOptions['tfjs']>;
  readonly #tfjsName: string;
  #kernels: ReadonlyMap<string, tf.KernelConfig> = new Map();
  #device: TfjsDevice | undefined;
  #starting: Promise<void> | undefined;

  constructor(options: TfjsBackendOptions) {
    this.name = options.name;
    this.synchronous = options.synchronous;
    this.#options = options;
    this.#tfjs = options.tfjs ?? tf;
    this.#tfjsName = options.tfjsName ?? options.name;
    this.target = targetOf(options, (kernel) => this.#kernels.has(kernel) || isComplete(options, kernel));
  }

  /** Names of its kernels, once it has started. */
  get kernels(): readonly string[] {
    return [...this.#kernels.keys()];
  }

  details(): DeviceDetails {
    return this.#options.details?.(this.#engine().registry[this.#tfjsName]!) ?? {};
  }

  availability(): Promise<Availability> {
    return this.#options.availability();
  }

  get ready(): boolean {
    return this.#device !== undefined;
  }

  start(): Promise<void> {
    this.#device?.look();
    this.#starting ??= this.#start().catch((e: unknown) => {
      this.#starting = undefined; // a later try may succeed
      throw e;
    });
    return this.#starting;
  }

  async #start(): Promise<void> {
    const availability = await this.availability();
    if (!availability.available)
      throw new BackendError(`the backend '${this.name}' is not available: ${availability.reason}`);
    const { around = (start) => start() } = this.#options;
    try {
      await around(() => this.#load());
    } catch (e) {
      throw e instanceof BackendError
        ? e
        : new BackendError(`the backend '${this.name}' did not start: ${(e as Error).message}`, { cause: e });
    }
  }

  async #load(): Promise<void> {
    const { registryFactory } = this.#engine();
    const wasKnown = registryFactory[this.#tfjsName] !== undefined;
    await importCommonJs(this.#options.load);
    // registration must not change the backend of a program that uses tfjs directly
    const registered = registryFactory[this.#tfjsName];
    if (!wasKnown && registered !== undefined) registered.priority = LOWEST_PRIORITY;
    const backend = await this.#instance();
    // the cpu backend would log an advertisement of another package at its first use
    Object.assign(backend, { firstUse: false });
    this.#options.adjust?.(backend);
    const kernels = this.#tfjs.getKernelsForBackend(this.#tfjsName);
    for (const kernel of kernels) kernel.setupFunc?.(backend);
    this.#kernels = new Map(kernels.map((k) => [k.kernelName, k]));
    const device = new TfjsDevice(backend, this.#kernels, this.#engine(), this.#options, () => {
      if (this.#device === device) this.#forget(backend);
    });
    this.#device = device;
    this.#options.watch?.(backend, {
      lost: (reason) => device.lose(reason),
      failed: (reason) => device.fail(reason),
    });
  }

  /** Forgets a lost device: the next start makes a new one. */
  #forget(backend: tf.KernelBackend): void {
    this.#device = this.#starting = undefined;
    const { registry } = this.#engine();
    if (registry[this.#tfjsName] === backend) delete registry[this.#tfjsName];
  }

  /**
   * tfjs's own instance, without making it tfjs's current backend. tfjs would create another instance when it looks for the best backend,
   * and rejects all calls while one starts, so its factory is replaced: it returns this instance as long as it exists.
   */
  async #instance(): Promise<tf.KernelBackend> {
    const engine = this.#engine();
    await engine.pendingBackendInit; // it may be this backend's
    const { registry, registryFactory } = engine;
    const name = this.#tfjsName;
    const entry = registryFactory[name];
    if (entry === undefined) throw new BackendError(`tfjs knows no backend '${name}'`);
    const { create = entry.factory } = this.#options;
    const made = registry[name] ?? create();
    entry.factory = () => registry[name] ?? made;
    try {
      registry[name] = await made;
    } finally {
      entry.factory = () => registry[name] ?? create();
    }
    return registry[name];
  }

  #engine(): EngineInternals {
    return this.#tfjs.engine() as unknown as EngineInternals;
  }

  /** The started device. @throws BackendError */
  get device(): KernelDevice {
    if (this.#device === undefined)
      throw new BackendError(`the backend '${this.name}' has not started; await its start()`);
    return this.#device;
  }

  openStore(): BackendStore {
    return new KernelStore(this.device);
  }

  prepare(program: ProgramGraph): Executable {
    return new KernelPlan(makePlan(program), this.device);
  }

  memory(): Memory {
    const backend = this.#engine().registry[this.#tfjsName];
    return backend === undefined
      ? { buffers: 0, bytes: 0 }
      : { buffers: backend.numDataIds(), bytes: this.#options.bytes?.(backend) ?? 0 };
  }
}

shownBackend(TfjsBackend);

/** Kernels that throw for an index out of range. */
const INDEXED: ReadonlySet<string> = new Set(['GatherV2', 'GatherNd', 'ScatterNd', 'SparseToDense']);

const withIndexErrors =
  (kernel: Kernel): Kernel =>
  (inputs, attrs) => {
    try {
      return kernel(inputs, attrs);
    } catch (e) {
      throw e instanceof IndexError ? e : new IndexError((e as Error).message, { cause: e });
    }
  };

/** How long to wait after a failed read for the event that the device is lost. */
const LOSS_EVENT_MS = 100;

class TfjsDevice implements KernelDevice {
  readonly #backend: tf.KernelBackend;
  readonly #kernels: ReadonlyMap<string, tf.KernelConfig>;
  readonly #engine: EngineInternals;
  readonly #options: TfjsBackendOptions;
  readonly #onLost: () => void;
  readonly limits: Limits;
  /** Kernels in use, by name. */
  readonly #wrapped = new Map<string, Kernel>();
  /** Why the device was lost. */
  #lost: string | undefined;
  /** The first error since the last `requireAlive`. */
  #failure: string | undefined;
  readonly #owners: OwnerJournal;
  readonly watched?: NonNullable<KernelDevice['watched']>;
  /** Pending reads, which are rejected if the device is lost. */
  readonly #reading = new Set<(error: Error) => void>();

  constructor(
    backend: tf.KernelBackend,
    kernels: ReadonlyMap<string, tf.KernelConfig>,
    engine: EngineInternals,
    options: TfjsBackendOptions,
    onLost: () => void,
  ) {
    this.#backend = backend;
    this.#kernels = kernels;
    this.#engine = engine;
    this.#options = options;
    this.#onLost = onLost;
    this.limits = options.limits?.(backend) ?? {};
    this.#owners = new OwnerJournal(backend);
    const { scope } = options;
    if (scope !== undefined) this.watched = (act) => this.#watch(() => scope(backend), act);
  }

  #watch<T>(begin: () => () => Promise<string | undefined>, act: () => T): Watched<T> {
    const end = begin();
    let failure: Promise<string | undefined> | undefined;
    try {
      const value = act();
      failure = end();
      return { value, failure: failure.then((reason) => this.#failureFor(reason)) };
    } finally {
      if (failure === undefined) void end();
    }
  }

  #failureFor(reason: string | undefined): Error | undefined {
    if (this.#lost !== undefined) return this.#lostError();
    return reason === undefined ? undefined : new BackendError(`${this.#options.name}: ${reason}`);
  }

  lose(reason: string): void {
    if (this.#lost !== undefined) return;
    this.#lost = reason;
    this.#onLost();
    for (const reject of this.#reading) reject(this.#lostError());
  }

  fail(reason: string): void {
    this.#failure ??= reason;
  }

  /** Tests whether the device is lost, before the event for it arrives. */
  look(): void {
    if (this.#options.isLost?.(this.#backend)) this.lose('its context is lost');
  }

  requireAlive(): void {
    this.look();
    if (this.#lost !== undefined) throw this.#lostError();
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw new BackendError(`${this.#options.name}: ${failure}`);
  }

  #lostError(): DeviceLostError {
    return new DeviceLostError(
      `the device of '${this.#options.name}' is lost (${this.#lost}), with all variables on it; compile the program again, and load its variables from a checkpoint or a copy`,
    );
  }

  kernel(name: string): Kernel {
    let kernel = this.#wrapped.get(name);
    if (kernel === undefined) {
      kernel = this.#wrap(name);
      this.#wrapped.set(name, kernel);
    }
    return kernel;
  }

  #wrap(name: string): Kernel {
    const config = this.#kernels.get(name);
    const { ownKernels = [], wrapper, adapter } = this.#options;
    const missing = (): never => {
      throw new UnsupportedOpError(`${this.#options.name} has no kernel '${name}'`);
    };
    if (config === undefined && !isComplete(this.#options, name)) missing();
    const backend = this.#backend;
    const call = (config?.kernelFunc ?? missing) as unknown as (request: {
      inputs: KernelInputs;
      attrs: unknown;
      backend: unknown;
    }) => KernelTensor | KernelTensor[];
    const kernel: Kernel = (inputs, attrs) => call({ inputs, attrs, backend });
    const own = kernelOf(ownKernels, name, adapter?.(name, kernel, backend) ?? kernel, backend);
    const wrapped = wrapper?.(name, own, backend) ?? own;
    return this.#owners.undoing(INDEXED.has(name) ? withIndexErrors(wrapped) : wrapped);
  }

  upload(data: TypedArray, shape: readonly number[], dtype: DType): Buffer {
    if (this.#lost !== undefined) throw this.#lostError();
    return this.#backend.write(
      this.#options.aliasesArrays ? data.slice() : data,
      shape as number[],
      dtype as 'float32',
    );
  }

  async read(buffer: Buffer, shape: readonly number[], dtype: DType): Promise<TypedArray> {
    const { watch, synchronous, isLost } = this.#options;
    if (watch === undefined) return this.#typed(await this.#backend.read(buffer), dtype);
    // values in this thread's memory are read synchronously
    if (synchronous && isLost === undefined) return this.readSync(buffer, shape, dtype);
    this.requireAlive();
    const values = await this.#unlessLost(this.#owners.undoingRead(() => this.#backend.read(buffer)));
    // reads of a lost context give zeros
    this.requireAlive();
    return this.#typed(values, dtype);
  }

  readSync(buffer: Buffer, _shape: readonly number[], dtype: DType): TypedArray {
    const values = this.#backend.readSync(buffer);
    this.requireAlive();
    return this.#typed(values, dtype);
  }

  /** Guards a read: on a lost device it may never finish, or fail before the event of the loss arrives. */
  #unlessLost<T>(read: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#reading.add(reject);
      read.then(
        (values) => {
          this.#reading.delete(reject);
          resolve(values);
        },
        async (e: unknown) => {
          if (this.#lost === undefined) await new Promise((later) => setTimeout(later, LOSS_EVENT_MS));
          this.#reading.delete(reject);
          reject(this.#lost === undefined ? e : this.#lostError());
        },
      );
    });
  }

  #typed(values: unknown, dtype: DType): TypedArray {
    const data = values as TypedArray;
    const wanted = typedArrayOf(dtype, 0).constructor as Float32ArrayConstructor;
    // the cpu backend's Cast keeps the array's class, so it may not be that of the dtype; tests use a tfjs in double precision
    const kept = data instanceof wanted || (data as ArrayBufferView) instanceof Float64Array;
    if (!kept) return wanted.from(data as ArrayLike<number>);
    return this.#options.aliasesArrays ? data.slice() : data;
  }

  retain(buffer: Buffer): void {
    this.#backend.incRef(buffer);
  }

  release(buffer: Buffer): void {
    if (this.#lost !== undefined) return;
    // tfjs's engine tracks data that was once in a tf.Tensor
    if (this.#backend.disposeData(buffer)) this.#engine.removeDataId(buffer, this.#backend);
  }

  bufferOf(value: DeviceValue): Buffer | undefined {
    const { dataId } = value as unknown as { dataId?: object };
    return dataId !== undefined && this.#engine.state.tensorInfo.get(dataId)?.backend === this.#backend
      ? dataId
      : undefined;
  }

  setShape(buffer: Buffer, shape: readonly number[]): void {
    // the wasm backend stores a shape for each buffer, which a few kernels use (the fused matmul's bias)
    const entry = (this.#backend as { dataIdMap?: tf.DataStorage<{ shape: readonly number[] }> }).dataIdMap?.get(
      buffer,
    );
    if (entry !== undefined) entry.shape = shape;
  }

  toHost(value: DeviceValue): TypedArray {
    const tensor = value as unknown as tf.Tensor;
    if (typeof tensor.dataSync !== 'function')
      throw new FeedError(`a value on another backend than '${this.#options.name}' cannot be fed; read it first`);
    const data = tensor.dataSync() as TypedArray;
    return asTypedArray(data) ?? data;
  }

  give(buffer: Buffer, shape: readonly number[], dtype: DType): DeviceValue {
    const dataId = this.#options.withShape?.(buffer, shape, dtype, this.#backend) ?? buffer;
    return this.#engine.makeTensorFromTensorInfo({ dataId, shape, dtype }, this.#backend) as unknown as DeviceValue;
  }
}
