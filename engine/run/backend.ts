/** What the engine needs of a backend. Nothing here assumes that a backend runs step by step. */

import type { DimBindings } from '../attr.ts';
import type { Node } from '../build/sym.ts';
import { RetrographError, ShapeError } from '../errors.ts';
import { shown } from '../inspect.ts';
import { nest } from '../literal.ts';
import type { ProgramGraph } from '../optimize/program-graph.ts';
import type { Target } from '../optimize/target.ts';
import type { Plan } from '../plan/plan.ts';
import {
  type DType,
  formatType,
  kindOf,
  type NestedArray,
  numbersPer,
  sizeOf,
  storedType,
  type TypedArray,
  typedArrayOf,
} from '../types.ts';

/** A value on the host. */
export interface HostValue {
  readonly data: TypedArray;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** What is wrong with a host value: elements of another kind, or another number of them, than its type says. */
export function faultOf({ data, shape, dtype }: HostValue): string | undefined {
  const wanted = kindOf(typedArrayOf(dtype, 0));
  const kind = kindOf(data);
  // tests bring a tfjs in double precision
  const double = wanted === 'Float32Array' && kind === 'Float64Array';
  if (kind !== wanted && !double)
    return `expected a ${wanted} for ${dtype}, got ${kind === undefined ? typeof data : `a ${kind}`}`;
  const length = sizeOf(shape) * numbersPer(dtype);
  return data.length === length && shape.every((d) => Number.isInteger(d) && d >= 0)
    ? undefined
    : `${data.length} elements do not fill [${shape.join(', ')}]`;
}

/** A value as backends hold it: complex64 under another type, with the same numbers. */
export const toStored = ({ data, ...type }: HostValue): HostValue => ({
  ...(storedType(type) as Omit<HostValue, 'data'>),
  data,
});
/** A value that a backend stored, which is of this dtype. */
export const fromStored = (value: HostValue, dtype: DType): HostValue =>
  dtype === 'complex64' ? { data: value.data, shape: value.shape.slice(0, -1), dtype } : value;

/** A value that lives on a device, opaque to the engine: a tf.Tensor, which may have dtypes that a graph does not. */
export interface DeviceValue {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly isDisposed?: boolean;
}

/** Whether the elements are here. */
export const isHost = (value: HostValue | DeviceValue): value is HostValue =>
  'data' in value && ArrayBuffer.isView(value.data);

export type Availability =
  | {
      readonly available: true;
      readonly detail?: string;
      /** A graphics device that is none: the processor does its work, more slowly than a backend made for it would. */
      readonly software?: boolean;
    }
  | { readonly available: false; readonly reason: string; readonly remedy?: string };

export interface Backend {
  readonly name: string;
  /** Whether it could start here, and if not, why not and what would help. */
  availability(): Promise<Availability>;
  /** Starts it; once is enough. @throws BackendError */
  start(): Promise<void>;
  readonly ready: boolean;
  /** Whether a run can finish without waiting for a device. */
  readonly synchronous: boolean;
  readonly target: Target;
  /** A store for variables, in the backend's memory. */
  openStore(): BackendStore;
  /** Makes an optimized program runnable, whose dims are numbers. */
  prepare(program: ProgramGraph): Executable;
  /** The same of one whose dims may be symbols. Where the target takes them. @param dims names, in the order of a run's sizes */
  prepareOpen?(program: ProgramGraph, dims: readonly string[]): OpenExecutable;
  /** Whether a run goes to another thread and comes back: for a short run that takes as long as the run itself. */
  readonly changesThread?: boolean;
  /** Live buffers, counted where they are allocated; for leak tests. A device that is elsewhere tells them as of its last answer. */
  memory(): Memory;
  /** What a started backend tells of its device. */
  details?(): DeviceDetails;
  /** Waits until a device that is elsewhere has done all that it was asked to. */
  settled?(): Promise<void>;
  /** Ends what `start` began, with all that lives there. Optional: only backends that start something have it. */
  stop?(): Promise<void>;
}

export interface DeviceDetails {
  /** What computes: a graphics card by its name, or where a browser runs. */
  readonly device?: string;
  /** Of the library that computes, where it is none of the packages that come along. */
  readonly version?: string;
  /** What it can do beside running programs, in words. */
  readonly features?: readonly string[];
  /** Of floats. */
  readonly precision?: 'float32' | 'float16';
  readonly threads?: number;
  /** Of one tensor. */
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
  /** Several at once, where that takes less than one after the other. */
  getAll?(names: readonly string[]): Promise<readonly HostValue[]>;
  delete(name: string): void;
  /** Frees everything. */
  dispose(): void;
}

export interface RunRequest {
  readonly feeds: Readonly<Record<string, HostValue | DeviceValue>>;
  /** Sizes of the dims that the program depends on, in the order of their names. */
  readonly dims: readonly number[];
  readonly store: BackendStore;
  /** Words of seed and run counter (see RandomState). */
  readonly randomState: Int32Array;
  /** Names of the outputs to give. */
  readonly outputs: readonly string[];
  /** 'host': read back, complex64 as it is stored (see `fromStored`); 'device': left where they are, owned by the caller. */
  readonly as: 'host' | 'device';
  readonly checkNumerics: boolean;
  /** Hand the arrays of the feeds over to a device that is elsewhere, instead of copying them. */
  readonly transfer: boolean;
  /** Looked at after the last step, before the first update: a run that it cancels throws a CancelledError and changes nothing. */
  readonly signal?: AbortSignal | undefined;
}

/** How many of a run's updates were made before it failed. */
export type UpdatesMade = 'partly' | 'all';

/** Thrown by an executable, instead of the error itself, where a run fails after its first update. */
export class RunFailure extends RetrographError {
  override readonly name = 'RunFailure';
  readonly updates: UpdatesMade;

  /** @param cause the error itself, which the user gets */
  constructor(updates: UpdatesMade, cause: unknown) {
    super((cause as Error).message, { cause });
    this.updates = updates;
  }
}

/** The outputs asked for, by name. */
export type RunResults = Readonly<Record<string, HostValue | DeviceValue>>;

/** One step of a run, as `steps` shows it. */
export interface StepReport {
  readonly index: number;
  readonly label: string;
  readonly node: Node | undefined;
  /** The values that the step made; complex ones have been split into their parts by then. */
  readonly outputs: readonly HostValue[];
}

/** A program whose dims are symbols, on a backend. */
export interface OpenExecutable {
  /** What runs it for these sizes; undefined where that takes a program with numbers. @throws LimitError */
  choose(dims: DimBindings): Executable | undefined;
  dispose(): void;
}

/** A program on a backend. */
export interface Executable {
  /**
   * Runs all steps and updates, and reads the outputs. When the call returns, feeds are free to change on every backend.
   * @throws CancelledError, and whatever fails before the first update; RunFailure for what fails after it
   */
  run(request: RunRequest): Promise<RunResults>;
  /** The same without waiting, on synchronous backends. */
  runSync?(request: RunRequest): RunResults;
  /** On backends that have one. */
  readonly plan?: Plan;
  /** What its constants take on the device, without those that were there already for others. */
  readonly constantBytes: number;
  /** A run, one step at a time, with what each step made; no variable changes before the last. Not on every backend. */
  steps?(request: RunRequest): AsyncGenerator<StepReport, void>;
  dispose(): void;
}

/** A host value as users get it. */
export class HostTensor implements HostValue {
  readonly data: TypedArray;
  readonly shape: readonly number[];
  readonly dtype: DType;

  constructor({ data, shape, dtype }: HostValue) {
    this.data = data;
    this.shape = shape;
    this.dtype = dtype;
  }

  /** The value of a tensor of one real element. @throws ShapeError for another number of elements, or a complex one */
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

/** Backends in consoles: `Backend wasm, started`. */
export const shownBackend = <B extends Backend>(Class: { readonly prototype: B }): void =>
  shown(Class, 'Backend', ({ name, ready }) => `${name}, ${ready ? 'started' : 'not started'}`);
