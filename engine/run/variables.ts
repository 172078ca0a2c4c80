/** The variables store: values by name, on one backend, shared by programs. */
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
import {
  type Backend,
  type BackendStore,
  type DeviceValue,
  faultOf,
  fromStored,
  HostTensor,
  type HostValue,
  toStored,
} from './backend.ts';
import { readFile, writeFileAtomically } from './files.ts';
import type { ValuesOfFile, VariablesSnapshot } from './snapshot.ts';

export interface VariablesOptions {
  readonly backend: Backend;
  /** From which initializers without a seed of their own, and random ops, draw. */
  readonly seed?: number;
  /** Dies with its last program; for a store that `compile` makes. */
  readonly ownedByPrograms?: boolean;
}

export interface LoadOptions {
  /** true: names that the file lacks keep their values (or are initialised). */
  readonly partial?: boolean;
  /** false: names that no program has declared are taken too; by default they are. true: they are an error. */
  readonly strict?: boolean;
  /** The name here of a name in the file; undefined leaves it out. */
  readonly rename?: (name: string) => string | undefined;
}

/** @throws VariableError for a value that is no variable */
function nameOf(variable: string | Sym): string {
  if (typeof variable === 'string') return variable;
  if (variable.node.op !== Variable)
    throw new VariableError(`'${variable.label}' is no variable`, { site: variable.node.site });
  return variableName(variable);
}

/** Bytes of any realm. @throws VariableError for what has none */
async function bytesOf(source: Uint8Array | ArrayBuffer | Blob): Promise<Uint8Array> {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  if (kindOf(source) === 'Blob' || kindOf(source) === 'File')
    return new Uint8Array(await (source as Blob).arrayBuffer());
  if (kindOf(source) === 'ArrayBuffer') return new Uint8Array(source as ArrayBuffer);
  throw new VariableError('a file of variables is a Uint8Array, an ArrayBuffer or a Blob');
}

export class Variables extends Disposing {
  readonly backend: Backend;
  #seed: number;
  /** Runs with random ops so far: the counter that every draw depends on. */
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

  /** Names of all values that the store holds. */
  names(): readonly string[] {
    return [...this.#types.keys()];
  }

  has(name: string): boolean {
    return this.#types.has(name);
  }

  /** The type of a value. @throws VariableError for a name that the store lacks */
  typeOf(name: string): { readonly dtype: DType; readonly shape: readonly number[] } {
    this.#open(name);
    return this.#types.get(name)!;
  }

  /** The value of a variable, which is given itself or by its name, read to the host. @throws VariableError for one that the store lacks */
  async get(variable: string | Sym): Promise<HostTensor> {
    return this.#started(async () => new HostTensor(await this.#read(nameOf(variable))));
  }

  /**
   * Gives a variable, itself or by its name, a value: nested arrays, a flat typed array of the variable's size, what `get` gave, or a
   * tf.Tensor, of which a copy is made.
   * @throws VariableError for another type than the variable's; for one that no program has, unless the store was made ahead of them
   */
  async set(
    variable: string | Sym,
    value: number | boolean | NestedArray | TypedArray | HostValue | ReadableTensor,
  ): Promise<void> {
    const name = nameOf(variable);
    if (this.#ownedByPrograms && !this.#types.has(name)) this.#open(name);
    // at once: what is given may change after the call
    const copy = isReadable(value)
      ? readTensor(value).then((read) => this.#toHost(name, read))
      : this.#toHost(name, value);
    if (copy instanceof Promise) copy.catch(() => {}); // that it failed is told when its turn comes
    await this.#started(async () => this.#put(name, await copy));
  }

  /** All values, with seed and run counter: as they are between two runs. */
  async snapshot(): Promise<VariablesSnapshot> {
    return this.#started(async () => {
      const names = this.names();
      const types = names.map((name) => this.typeOf(name));
      const store = this.open();
      const held =
        store.getAll === undefined
          ? await Promise.all(names.map((name) => store.get(name)))
          : await store.getAll(names);
      const tensors = new Map(names.map((name, i) => [name, fromStored(held[i]!, types[i]!.dtype)]));
      return { tensors, seed: this.#seed, runs: this.#runs };
    });
  }

  /** Takes values over, all or none. @throws VariableError for missing names, and for types that differ */
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
      const own = rename(name);
      if (own === undefined) continue;
      if (wanted.has(own)) throw new VariableError(`two values of the file are named '${own}' here`);
      wanted.set(own, read);
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

  /** Reads what `toBytes` wrote. @throws VariableError as `restore`, and for what is no such file */
  async fromBytes(bytes: Uint8Array | ArrayBuffer | Blob, options: LoadOptions = {}): Promise<void> {
    await this.#take(() => bytesOf(bytes), options);
  }

  /** Runs that are asked for meanwhile wait for it. */
  async #take(read: () => Promise<Uint8Array> | Uint8Array, options: LoadOptions): Promise<void> {
    await this.#started(async () => {
      const source = await read();
      this.#restore((await import('./safetensors.ts')).decodeSafetensors(source), options);
    });
  }

  /** Writes a safetensors file, whole or not at all. */
  async save(path: string): Promise<void> {
    await writeFileAtomically(path, await this.toBytes());
  }

  /** Reads a safetensors file. @throws VariableError as `fromBytes` */
  async load(path: string, options: LoadOptions = {}): Promise<void> {
    await this.#take(() => readFile(path), options);
  }

  /** Frees the values. Programs over the store can no longer run. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#store?.dispose();
    this.#store = undefined;
    this.#types.clear();
  }

  // ---- for programs

  /** Declares variables: checks the types of all, and initialises those that the store lacks. The backend must be ready. */
  declare(variables: readonly Sym[]): void {
    this.open();
    const first = variables.filter((v) => this.#lacks(v)).map((v) => [variableName(v), this.#firstOf(v)] as const);
    for (const variable of variables) this.#declared.add(variableName(variable));
    for (const [name, value] of first) this.#put(name, value);
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

  /** @throws LimitError for a variable that does not fit into memory */
  #firstOf(variable: Sym): HostValue {
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

  /** The backend's store. @throws VariableError where it is closed or invalid */
  open(): BackendStore {
    if (this.#disposed) throw new VariableError('the variables have been disposed');
    if (this.#invalid !== undefined)
      throw new VariableError(
        `the variables are invalid, since an earlier run failed between two updates: ${this.#invalid}`,
      );
    this.#store ??= this.backend.openStore();
    return this.#store;
  }

  /** The words that random ops of the next run draw from. */
  randomState(): Int32Array {
    return randomState(this.#seed, this.#runs);
  }

  advanceRandom(): void {
    this.#runs++;
  }

  invalidate(reason: string): void {
    this.#invalid = reason;
  }

  /** Whether nothing is pending. */
  get idle(): boolean {
    return this.#pending === 0;
  }

  /** Runs `task` after all that was asked before it; at once where nothing is pending. */
  async exclusively<T>(task: () => Promise<T>): Promise<T> {
    const { idle } = this;
    const before = this.#tail;
    this.#pending++;
    // before the task begins, which may itself ask for another
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

  /** A program is done with the store; the last disposes of a store that programs own. */
  release(): void {
    if (--this.#users === 0 && this.#ownedByPrograms) this.dispose();
  }

  /** `exclusively`, once the backend has started; a store that is open needs no other device than its own. */
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
    const { dtype } = this.#types.get(name)!; // before the wait, in which it may be disposed of
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

/** A tf.Tensor, as far as it is read here. */
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
