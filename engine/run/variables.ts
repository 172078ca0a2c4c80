/** The variables store: values by name on one backend, which programs can share. */
import type { Sym } from '../build/sym.ts';
import { variableName } from '../build/update.ts';
import { requireOfThisCopy } from '../copy.ts';
import { LimitError, ProgramStateError, VariableError } from '../errors.ts';
import { exposeMethods } from '../expose.ts';
import type { Initializer } from '../initializer.ts';
import { shown, some } from '../inspect.ts';
import { flatten, isEmptyOf } from '../literal.ts';
import { Variable } from '../primitives/variable.ts';
import { hashSeed, randomState } from '../random.ts';
import { asTypedArray, type DType, formatType, kindOf, type NestedArray, sizeOf, type TypedArray } from '../types.ts';
import { Disposing } from '../using.ts';
import type { Backend, BackendStore, DeviceValue, HostValue } from './backend.ts';
import { faultOf, fromStored, HostTensor, toStored } from './backend.ts';
import { readFile, writeFileAtomically } from './files.ts';
import type { ValuesOfFile, VariablesSnapshot } from './snapshot.ts';

export interface VariablesOptions {
  readonly backend: Backend;
  /** The seed of random ops, and of initializers without their own seed. */
  readonly seed?: number;
  /** Whether to dispose of it with its last program: for a store that `compile` makes. */
  readonly ownedByPrograms?: boolean;
}

export interface LoadOptions {
  /** true: variables that the file lacks keep their values; by default that is an error. */
  readonly partial?: boolean;
  /** true: names that no program has declared are an error; by default they are loaded too. */
  readonly strict?: boolean;
  /** Maps a name in the file to the variable's name; undefined skips it. */
  readonly rename?: (name: string) => string | undefined;
}

/** The contents of a store at one moment. */
function nameOf(variable: string | Sym): string {
  if (typeof variable === 'string') return variable;
  if (variable.node.op !== Variable)
    throw new VariableError(`'${variable.label}' is no variable`, { site: variable.node.site });
  return variableName(variable);
}

/** The bytes of a source, which may come from another realm. @throws VariableError for another value */
async function bytesOf(source: Uint8Array | ArrayBuffer | Blob): Promise<Uint8Array> {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  if (kindOf(source) === 'Blob' || kindOf(source) === 'File')
    return new Uint8Array(await (source as Blob).arrayBuffer());
  if (kindOf(source) === 'ArrayBuffer') return new Uint8Array(source as ArrayBuffer);
  throw new VariableError('a file of variables must be a Uint8Array, an ArrayBuffer or a Blob');
}

export class Variables extends Disposing {
  readonly backend: Backend;
  #seed: number;
  /** The number of runs with random ops so far. */
  #runs = 0;
  #store: BackendStore | undefined;
  readonly #types = new Map<string, { readonly dtype: DType; readonly shape: readonly number[] }>();
  readonly #declared = new Set<string>();
  #invalid: string | undefined;
  #disposed = false;
  #tail: Promise<unknown> = Promise.resolve();
  #pending = 0;
  #users = 0;
  readonly #ownedByPrograms: boolean;

  static {
    exposeMethods(Variables, {
      has: 'name:sy',
      get: 'name:sy',
      set: 'name:sy value:nbao',
      restore: 'snapshot:o options?:{partial?:b,strict?:b,rename?:f}',
      fromBytes: 'bytes:ao options?:{partial?:b,strict?:b,rename?:f}',
      save: 'path:s',
      load: 'path:s options?:{partial?:b,strict?:b,rename?:f}',
    });
  }

  constructor({ backend, seed = 0, ownedByPrograms = false }: VariablesOptions) {
    super();
    requireOfThisCopy(backend);
    this.#ownedByPrograms = ownedByPrograms;
    if (!Number.isSafeInteger(seed) || seed < 0)
      throw new VariableError(`a seed is a non-negative integer, got ${seed}`);
    this.backend = backend;
    this.#seed = seed;
  }

  get seed(): number {
    return this.#seed;
  }

  /** The names of all values in the store. */
  names(): readonly string[] {
    return [...this.#types.keys()];
  }

  has(name: string): boolean {
    return this.#types.has(name);
  }

  /** The type of a value. @throws VariableError if the store lacks it */
  typeOf(name: string): { readonly dtype: DType; readonly shape: readonly number[] } {
    this.#open(name);
    return this.#types.get(name)!;
  }

  /** Reads the value of a variable, given as a Sym or by name, to the host. @throws VariableError if the store lacks it */
  async get(variable: string | Sym): Promise<HostTensor> {
    return this.#started(async () => new HostTensor(await this.#read(nameOf(variable))));
  }

  /**
   * Sets the value of a variable, given as a Sym or by name.
   * @param value nested arrays, a flat typed array of the variable's size, a result of `get`, or a tf.Tensor; it is copied
   * @throws VariableError for another type than the variable's, or for an unknown variable in a store that `compile` made
   */
  async set(
    variable: string | Sym,
    value: number | boolean | NestedArray | TypedArray | HostValue | ReadableTensor,
  ): Promise<void> {
    const name = nameOf(variable);
    if (this.#ownedByPrograms && !this.#types.has(name)) this.#open(name);
    // copied now: the user may change the value after the call
    const copy = isReadable(value)
      ? readTensor(value).then((read) => this.#toHost(name, read))
      : this.#toHost(name, value);
    if (copy instanceof Promise) copy.catch(() => {}); // an error is thrown below, when the copy is awaited
    await this.#started(async () => this.#put(name, await copy));
  }

  /** All values, seed and run counter, between two runs. */
  async snapshot(): Promise<VariablesSnapshot> {
    return this.#started(async () => {
      const names = this.names();
      const types = names.map((name) => this.typeOf(name));
      const store = this.open();
      const stored =
        store.getAll === undefined
          ? await Promise.all(names.map((name) => store.get(name)))
          : await store.getAll(names);
      const tensors = new Map(names.map((name, i) => [name, fromStored(stored[i]!, types[i]!.dtype)]));
      return { tensors, seed: this.#seed, runs: this.#runs };
    });
  }

  /** Sets all values of a snapshot, or none on error. @throws VariableError for missing names (see `LoadOptions`) and other types */
  async restore(snapshot: VariablesSnapshot, options: LoadOptions = {}): Promise<void> {
    const copies = [...snapshot.tensors].map(([name, value]) => {
      const copy = this.#toHost(name, value);
      return [name, () => copy] as const;
    });
    await this.#started(async () => this.#restore({ ...snapshot, tensors: new Map(copies) }, options));
  }

  #restore({ tensors, seed, runs }: ValuesOfFile, options: LoadOptions): void {
    const { partial = false, strict = false, rename = (name: string) => name } = options;
    const wanted = new Map<string, (dtype?: DType) => HostValue>();
    for (const [name, read] of tensors) {
      const renamed = rename(name);
      if (renamed === undefined) continue;
      if (wanted.has(renamed)) throw new VariableError(`two values of the file are named '${renamed}' here`);
      wanted.set(renamed, read);
    }
    const missing = partial ? [] : [...this.#declared].filter((name) => !wanted.has(name));
    const unknown = new Set(strict ? [...wanted.keys()].filter((name) => !this.#declared.has(name)) : []);
    const faults = [
      ...missing.map((n) => `'${n}' is missing`),
      ...[...unknown].map((n) => `'${n}' is no variable here`),
    ];
    const loaded = new Map<string, HostValue>();
    for (const [name, read] of wanted) {
      if (unknown.has(name)) continue;
      try {
        const value = read(this.#types.get(name)?.dtype);
        loaded.set(name, value);
        const mismatch = this.#mismatch(name, value);
        if (mismatch !== undefined) faults.push(mismatch);
      } catch (e) {
        faults.push((e as Error).message);
      }
    }
    if (faults.length > 0) throw new VariableError(`the file does not fit the variables: ${faults.join('; ')}`);
    for (const [name, value] of loaded) this.#put(name, value);
    this.#seed = seed ?? this.#seed;
    this.#runs = runs ?? this.#runs;
  }

  /** A snapshot as a safetensors file. */
  async toBytes(): Promise<Uint8Array> {
    const snapshot = await this.snapshot();
    return (await import('./safetensors.ts')).encodeSafetensors(snapshot); // which most programs never need
  }

  /** Restores a safetensors file. @throws VariableError as `restore`, and for an invalid file */
  async fromBytes(bytes: Uint8Array | ArrayBuffer | Blob, options: LoadOptions = {}): Promise<void> {
    await this.#restoreFile(() => bytesOf(bytes), options);
  }

  /** Later runs wait for it. */
  async #restoreFile(read: () => Promise<Uint8Array> | Uint8Array, options: LoadOptions): Promise<void> {
    await this.#started(async () => {
      const source = await read();
      this.#restore((await import('./safetensors.ts')).decodeSafetensors(source), options);
    });
  }

  /** Writes a safetensors file atomically. @throws VariableError */
  async save(path: string): Promise<void> {
    await writeFileAtomically(path, await this.toBytes());
  }

  /** Reads a safetensors file. @throws VariableError as `fromBytes` */
  async load(path: string, options: LoadOptions = {}): Promise<void> {
    await this.#restoreFile(() => readFile(path), options);
  }

  /** Frees the values. Programs that use the store can no longer run. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#store?.dispose();
    this.#store = undefined;
    this.#types.clear();
  }

  // ---- for programs

  /** Checks the types of a program's variables, and initialises those that the store lacks. The backend must be ready. */
  declare(variables: readonly Sym[]): void {
    this.open();
    const initial = variables.filter((v) => this.#lacks(v)).map((v) => [variableName(v), this.#initialOf(v)] as const);
    for (const variable of variables) this.#declared.add(variableName(variable));
    for (const [name, value] of initial) this.#put(name, value);
  }

  /** @throws VariableError for a variable of another type than the store's */
  #lacks(variable: Sym): boolean {
    const name = variableName(variable);
    const existing = this.#types.get(name);
    if (existing === undefined) return true;
    if (existing.dtype === variable.dtype && existing.shape.join() === variable.shape.join()) return false;
    throw new VariableError(
      `the variable '${name}' is ${formatType(variable)} in the graph, and ${formatType(existing)} in the store`,
      { node: name, site: variable.node.site },
    );
  }

  /** The value that the variable's initializer generates. @throws LimitError if it does not fit into memory */
  #initialOf(variable: Sym): HostValue {
    const shape = variable.shape as readonly number[];
    const { dtype } = variable;
    const init = variable.node.attrs.init as Initializer;
    const name = variableName(variable);
    try {
      return { data: init.generate(shape, dtype, hashSeed(this.#seed, name)), shape, dtype };
    } catch (e) {
      if (!(e instanceof LimitError)) throw e;
      throw new LimitError(`the variable '${name}': ${e.detail}`, { node: name, site: variable.node.site, cause: e });
    }
  }

  /** The backend's store. @throws VariableError if it is disposed or invalid */
  open(): BackendStore {
    if (this.#disposed) throw new VariableError('the variables have been disposed');
    if (this.#invalid !== undefined)
      throw new VariableError(
        `the variables are invalid, since an earlier run failed between two updates: ${this.#invalid}`,
      );
    this.#store ??= this.backend.openStore();
    return this.#store;
  }

  /** The random state of the next run. */
  randomState(): Int32Array {
    return randomState(this.#seed, this.#runs);
  }

  advanceRandom(): void {
    this.#runs++;
  }

  invalidate(reason: string): void {
    this.#invalid = reason;
  }

  /** Whether no task is pending. */
  get idle(): boolean {
    return this.#pending === 0;
  }

  /** Runs `task` after all earlier tasks; immediately if none is pending. */
  async exclusively<T>(task: () => Promise<T>): Promise<T> {
    const { idle } = this;
    const before = this.#tail;
    this.#pending++;
    // set before the task starts, since the task may itself request another one
    let end!: () => void;
    this.#tail = new Promise<void>((resolve) => {
      end = resolve;
    });
    try {
      if (!idle) await before;
      return await task();
    } finally {
      this.#pending--;
      end();
    }
  }

  /** @throws ProgramStateError while a run is pending */
  requireIdle(what: string): void {
    if (!this.idle) throw new ProgramStateError(`${what} while a run is pending; await it first`);
  }

  retain(): void {
    this.#users++;
  }

  /** Called when a program is disposed; the last one disposes of a store that programs own. */
  release(): void {
    if (--this.#users === 0 && this.#ownedByPrograms) this.dispose();
  }

  /** `exclusively`, after starting the backend. An open store does not start it again: it may have another device by then. */
  #started<T>(task: () => Promise<T>): Promise<T> {
    return this.exclusively(async () => {
      if (this.#store === undefined) await this.backend.start();
      return task();
    });
  }

  #open(name: string): BackendStore {
    const store = this.open();
    if (!this.#types.has(name))
      throw new VariableError(`there is no variable '${name}'; there are ${this.names().join(', ') || 'none'}`);
    return store;
  }

  async #read(name: string): Promise<HostValue> {
    const store = this.#open(name);
    const { dtype } = this.#types.get(name)!; // read before the await, during which the store may be disposed
    return fromStored(await store.get(name), dtype);
  }

  #put(name: string, value: HostValue): void {
    const mismatch = this.#mismatch(name, value);
    if (mismatch !== undefined) throw new VariableError(mismatch);
    this.open().set(name, toStored(value));
    this.#types.set(name, { dtype: value.dtype, shape: value.shape });
  }

  #mismatch(name: string, value: HostValue): string | undefined {
    const type = this.#types.get(name);
    if (type === undefined || (type.dtype === value.dtype && type.shape.join() === value.shape.join()))
      return undefined;
    return `'${name}' is ${formatType(type)}, not ${formatType(value)}`;
  }

  #toHost(name: string, value: number | boolean | NestedArray | TypedArray | HostValue): HostValue {
    if (typeof value === 'object' && 'data' in value && 'dtype' in value) {
      const fault = faultOf(value);
      if (fault !== undefined) throw new VariableError(`'${name}': ${fault}`);
      return { ...value, data: (asTypedArray(value.data) ?? value.data).slice() };
    }
    const type = this.#types.get(name);
    const { values, shape, dtype } = flatten(value, type?.dtype);
    const whole =
      type !== undefined &&
      (ArrayBuffer.isView(value) ? sizeOf(shape) === sizeOf(type.shape) : isEmptyOf(shape, type.shape));
    return { data: values, dtype, shape: whole ? type.shape : shape };
  }
}

/** The methods of a tf.Tensor that are used here. */
interface ReadableTensor extends DeviceValue {
  data(): Promise<unknown>;
}

const isReadable = (value: unknown): value is ReadableTensor =>
  typeof value === 'object' && value !== null && typeof (value as Partial<ReadableTensor>).data === 'function';

const readTensor = async (tensor: ReadableTensor): Promise<HostValue> => ({
  data: (await tensor.data()) as TypedArray,
  shape: tensor.shape,
  dtype: tensor.dtype as DType,
});

shown(
  Variables,
  'Variables',
  (variables) =>
    `on ${variables.backend.name}: ${some(variables.names(), (name) => `${name} ${formatType(variables.typeOf(name))}`)}`,
);
