/** The interface between the engine and backends. It does not assume that a backend runs step by step. */

import type { DimBindings } from '../attr.ts';
import type { Node } from '../build/sym.ts';
import { RetrographError, ShapeError } from '../errors.ts';
import { shown } from '../inspect.ts';
import { nest } from '../literal.ts';
import type { ProgramGraph } from '../optimize/program-graph.ts';
import type { Target } from '../optimize/target.ts';
import type { Plan } from '../plan/plan.ts';
import type { DType, NestedArray, TypedArray } from '../types.ts';
import { formatType, kindOf, numbersPer, sizeOf, storedType, typedArrayOf } from '../types.ts';

/** A value on the host. */
export interface HostValue {
  readonly data: TypedArray;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** Describes a host value whose array has another kind or length than its dtype and shape require; undefined if it is valid. */
export function faultOf({ data, shape, dtype }: HostValue): string | undefined {
  const wanted = kindOf(typedArrayOf(dtype, 0));
  const kind = kindOf(data);
  // tests use a tfjs in double precision
  const double = wanted === 'Float32Array' && kind === 'Float64Array';
  if (kind !== wanted && !double)
    return `expected a ${wanted} for ${dtype}, got ${kind === undefined ? typeof data : `a ${kind}`}`;
  const length = sizeOf(shape) * numbersPer(dtype);
  return data.length === length && shape.every((d) => Number.isInteger(d) && d >= 0)
    ? undefined
    : `${data.length} elements do not fill [${shape.join(', ')}]`;
}

/** A value in the form that backends store: complex64 as float32 pairs (see `storedType`), with the same data. */
export const toStored = ({ data, ...type }: HostValue): HostValue => ({
  ...(storedType(type) as Omit<HostValue, 'data'>),
  data,
});
/** The inverse of `toStored`. */
export const fromStored = (value: HostValue, dtype: DType): HostValue =>
  dtype === 'complex64' ? { data: value.data, shape: value.shape.slice(0, -1), dtype } : value;

/** A value on a device, opaque to the engine: a tf.Tensor, which may have a dtype that graphs do not have. */
export interface DeviceValue {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly isDisposed?: boolean;
}

/** Whether the elements are on the host. */
export const isHost = (value: HostValue | DeviceValue): value is HostValue =>
  'data' in value && ArrayBuffer.isView(value.data);

export type Availability =
  | {
      readonly available: true;
      readonly detail?: string;
      /** Whether a GPU is emulated by the CPU, more slowly than a CPU backend would be. */
      readonly software?: boolean;
    }
  | { readonly available: false; readonly reason: string; readonly remedy?: string };

export interface Backend {
  readonly name: string;
  /** Whether it can start here; if not, the reason and a remedy. */
  availability(): Promise<Availability>;
  /** Starts it; later calls do nothing. @throws BackendError */
  start(): Promise<void>;
  readonly ready: boolean;
  /** Whether it can run synchronously (`runSync`). */
  readonly synchronous: boolean;
  readonly target: Target;
  /** A new store for variables, in the backend's memory. */
  openStore(): BackendStore;
  /** Makes a bound program executable. */
  prepare(program: ProgramGraph): Executable;
  /** Makes a program with symbolic dims executable, if the target `takesSymbols`. @param dims symbols, in the order of `RunRequest.dims` */
  prepareOpen?(program: ProgramGraph, dims: readonly string[]): OpenExecutable;
  /** Whether a run goes to another thread and back, which for a short run takes as long as the run itself. */
  readonly changesThread?: boolean;
  /** Live buffers, counted at allocation; for leak tests. A remote device reports them as of its last answer. */
  memory(): Memory;
  /** Details of the device, once started. */
  details?(): DeviceDetails;
  /** Waits until a remote device has completed all requests. */
  settled?(): Promise<void>;
  /** Stops what `start` started, and frees everything on it. Optional: only backends that start a process or a worker have one. */
  stop?(): Promise<void>;
}

export interface DeviceDetails {
  /** The name of the GPU, or where a browser runs. */
  readonly device?: string;
  /** The version of the library that computes, if it is not one of the installed packages. */
  readonly version?: string;
  /** Further features, in words. */
  readonly features?: readonly string[];
  /** The precision of floats. */
  readonly precision?: 'float32' | 'float16';
  readonly threads?: number;
  /** The most elements of one tensor. */
  readonly maxElements?: number;
}

export interface Memory {
  readonly buffers: number;
  readonly bytes: number;
}

/** The values of variables, by name. */
export interface BackendStore {
  has(name: string): boolean;
  set(name: string, value: HostValue): void;
  get(name: string): Promise<HostValue>;
  /** Gets several at once, on backends where that is faster. */
  getAll?(names: readonly string[]): Promise<readonly HostValue[]>;
  delete(name: string): void;
  /** Frees everything. */
  dispose(): void;
}

export interface RunRequest {
  readonly feeds: Readonly<Record<string, HostValue | DeviceValue>>;
  /** Sizes of the symbols that the program depends on, in the order of `prepareOpen`'s `dims`. */
  readonly dims: readonly number[];
  readonly store: BackendStore;
  /** Seed and run counter (see RandomState). */
  readonly randomState: Int32Array;
  /** Names of the outputs to return. */
  readonly outputs: readonly string[];
  /** 'host': outputs are read back, complex64 in stored form (see `fromStored`); 'device': they stay on the device, owned by the caller. */
  readonly as: 'host' | 'device';
  readonly checkNumerics: boolean;
  /** Transfer the feeds' arrays to a worker instead of copying them. */
  readonly transfer: boolean;
  /** Checked after the last step, before the first update: a cancelled run throws a CancelledError and changes nothing. */
  readonly signal?: AbortSignal | undefined;
}

/** How many of a run's updates were made before it failed. */
export type UpdatesMade = 'partly' | 'all';

/** Thrown by an executable, wrapping the error, if a run fails after its first update. */
export class RunFailure extends RetrographError {
  override readonly name = 'RunFailure';
  readonly updates: UpdatesMade;

  /** @param cause the original error, which the user gets */
  constructor(updates: UpdatesMade, cause: unknown) {
    super((cause as Error).message, { cause });
    this.updates = updates;
  }
}

/** The requested outputs, by name. */
export type RunResults = Readonly<Record<string, HostValue | DeviceValue>>;

/** A step of a run, as `steps` yields it. */
export interface StepReport {
  readonly index: number;
  readonly label: string;
  readonly node: Node | undefined;
  /** The step's outputs; complex values have been split into real ones. */
  readonly outputs: readonly HostValue[];
}

/** A program with symbolic dims on a backend. */
export interface OpenExecutable {
  /** The executable for these sizes; undefined if they need a bound program. @throws LimitError */
  choose(dims: DimBindings): Executable | undefined;
  dispose(): void;
}

/** A program on a backend. */
export interface Executable {
  /**
   * Runs all steps and updates, and reads the outputs. Feeds may be changed as soon as the call returns its promise.
   * @throws CancelledError, or any error, before the first update; RunFailure after it
   */
  run(request: RunRequest): Promise<RunResults>;
  /** A synchronous `run`, on synchronous backends. */
  runSync?(request: RunRequest): RunResults;
  /** The plan, on backends that run plans. */
  readonly plan?: Plan;
  /** Bytes of its constants on the device, without those that it shares with other executables. */
  readonly constantBytes: number;
  /** Runs one step at a time and yields each step's outputs; variables change after the last step. Not on every backend. */
  steps?(request: RunRequest): AsyncGenerator<StepReport, void>;
  dispose(): void;
}

/** A host value, as returned to users. */
export class HostTensor implements HostValue {
  readonly data: TypedArray;
  readonly shape: readonly number[];
  readonly dtype: DType;

  constructor({ data, shape, dtype }: HostValue) {
    this.data = data;
    this.shape = shape;
    this.dtype = dtype;
  }

  /** The value of a tensor with one real element. @throws ShapeError for other tensors */
  item(): number {
    if (this.data.length !== 1)
      throw new ShapeError(`item() of ${this.dtype}[${this.shape.join(', ')}]; use data or array()`);
    return this.data[0]!;
  }

  /** Nested arrays; booleans for bool, pairs [real, imaginary] for complex64. */
  array(): number | boolean | NestedArray {
    return nest(this.data, this.shape, this.dtype);
  }
}

shown(HostTensor, 'HostTensor', (tensor) => {
  const { data } = tensor;
  return `${formatType(tensor)} [${data.subarray(0, 16).join(', ')}${data.length > 16 ? `, ... ${data.length} in all` : ''}]`;
});

/** How consoles show a backend: `Backend wasm, started`. */
export const shownBackend = <B extends Backend>(Class: { readonly prototype: B }): void =>
  shown(Class, 'Backend', ({ name, ready }) => `${name}, ${ready ? 'started' : 'not started'}`);
