/** What a kernel does to the owners of buffers, so that one that fails can leave them as they were. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { Buffer, Kernel } from '../engine/index.ts';

/** Where each of tfjs's backends keeps what it knows of its buffers. */
interface Storage {
  set(buffer: Buffer, data: unknown): void;
}
type Internals = Readonly<Record<'data' | 'dataIdMap' | 'texData' | 'tensorMap', Storage | undefined>>;

/** A list that is cleared before every kernel, and keeps its memory. */
class Notes {
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
  /** Buffers that have got an owner, or lost one, while a kernel runs. */
  readonly #gained = new Notes();
  readonly #lost = new Notes();
  #open = false;

  constructor(backend: KernelBackend) {
    this.#backend = backend;
    const { data, dataIdMap, texData, tensorMap } = backend as unknown as Internals;
    const storage = data ?? dataIdMap ?? texData ?? tensorMap;
    if (storage !== undefined) this.#note(storage, 'set', this.#gained);
    this.#note(backend, 'incRef', this.#gained);
    this.#note(backend, 'disposeData', this.#lost);
  }

  /** Has a method note the buffer that it is called with. It is called for every value: rest parameters would cost more than it does. */
  #note<K extends string>(target: { [_ in K]: (buffer: Buffer, more: never) => unknown }, name: K, list: Notes) {
    const method = target[name];
    target[name] = (buffer, more) => {
      if (this.#open) list.add(buffer);
      return method.call(target, buffer, more);
    };
  }

  /** The kernel; where it fails, what it has made is freed, and what it holds on to is let go of. */
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

  /** The same of a read: what it does before it waits. */
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
      const at = left.indexOf(buffer);
      if (at >= 0) left.splice(at, 1);
    }
    for (const buffer of left) this.#backend.disposeData(buffer);
  }
}
