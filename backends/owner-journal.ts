/** Records how a kernel changes the reference counts of buffers, so that the changes of a failed kernel can be undone. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { Buffer, Kernel } from '../engine/index.ts';

/** The table in which a tfjs backend stores its buffers. */
interface Storage {
  set(buffer: Buffer, data: unknown): void;
}
type Internals = Readonly<Record<'data' | 'dataIdMap' | 'texData' | 'tensorMap', Storage | undefined>>;

/** A list that is cleared before every kernel, without freeing its memory. */
class BufferList {
  readonly #buffers: (Buffer | undefined)[] = [];
  #count = 0;

  add(buffer: Buffer): void {
    this.#buffers[this.#count++] = buffer;
  }

  all(): readonly Buffer[] {
    return this.#buffers.slice(0, this.#count) as Buffer[];
  }

  clear(): void {
    this.#count = 0;
  }
}

export class OwnerJournal {
  readonly #backend: KernelBackend;
  /** Buffers that gained or lost an owner while a kernel ran. */
  readonly #gained = new BufferList();
  readonly #lost = new BufferList();
  #open = false;

  constructor(backend: KernelBackend) {
    this.#backend = backend;
    const { data, dataIdMap, texData, tensorMap } = backend as unknown as Internals;
    const storage = data ?? dataIdMap ?? texData ?? tensorMap;
    if (storage !== undefined) this.#record(storage, 'set', this.#gained);
    this.#record(backend, 'incRef', this.#gained);
    this.#record(backend, 'disposeData', this.#lost);
  }

  /** Wraps a method to record its buffer argument. It is called for every value, so it avoids rest parameters, which are slow. */
  #record<K extends string>(target: { [_ in K]: (buffer: Buffer, more: never) => unknown }, name: K, list: BufferList) {
    const method = target[name];
    target[name] = (buffer, more) => {
      if (this.#open) list.add(buffer);
      return method.call(target, buffer, more);
    };
  }

  /** Wraps a kernel: if it throws, the buffers that it made or retained are released. */
  undoing(kernel: Kernel): Kernel {
    return (inputs, attrs) => {
      this.#begin();
      let results: ReturnType<Kernel>;
      try {
        results = kernel(inputs, attrs);
      } catch (e) {
        this.#open = false;
        this.#undo(this.#gained.all(), this.#lost.all());
        throw e;
      }
      this.#open = false;
      return results;
    };
  }

  /** Runs a read: if it fails, the owners that it added before its first await are released. */
  async undoingRead<T>(read: () => Promise<T>): Promise<T> {
    this.#begin();
    const reading = read();
    this.#open = false;
    const [gained, lost] = [this.#gained.all(), this.#lost.all()];
    try {
      return await reading;
    } catch (e) {
      this.#undo(gained, lost);
      throw e;
    }
  }

  #begin(): void {
    this.#gained.clear();
    this.#lost.clear();
    this.#open = true;
  }

  #undo(gained: readonly Buffer[], lost: readonly Buffer[]): void {
    const left = [...gained];
    for (const buffer of lost) {
      const index = left.indexOf(buffer);
      if (index >= 0) left.splice(index, 1);
    }
    for (const buffer of left) this.#backend.disposeData(buffer);
  }
}
