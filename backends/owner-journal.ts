/** What a kernel does to the owners of buffers, so that one that fails can leave them as they were. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { Buffer, Kernel } from '../engine/index.ts';

/** Where each of tfjs's backends keeps what it knows of its buffers. */
interface Storage {
  set(buffer: Buffer, data: unknown): void;
}
type Internals = Readonly<Record<'data' | 'dataIdMap' | 'texData' | 'tensorMap', Storage | undefined>>;

export class OwnerJournal {
  readonly #backend: KernelBackend;
  /** Buffers that have got an owner, or lost one, while a kernel runs. */
  readonly #gained: Buffer[] = [];
  readonly #lost: Buffer[] = [];
  #open = false;

  constructor(backend: KernelBackend) {
    this.#backend = backend;
    const { data, dataIdMap, texData, tensorMap } = backend as unknown as Internals;
    const storage = data ?? dataIdMap ?? texData ?? tensorMap;
    if (storage !== undefined) this.#note(storage, 'set', this.#gained);
    this.#note(backend, 'incRef', this.#gained);
    this.#note(backend, 'disposeData', this.#lost);
  }

  /** Has a method note the buffer that it is called with. */
  #note<K extends string>(
    target: { [_ in K]: (buffer: Buffer, ...rest: never[]) => unknown },
    name: K,
    list: Buffer[],
  ) {
    const method = target[name].bind(target) as (buffer: Buffer, ...rest: never[]) => unknown;
    target[name] = (buffer, ...rest) => {
      if (this.#open) list.push(buffer);
      return method(buffer, ...rest);
    };
  }

  /** The kernel; where it fails, what it has made is freed, and what it holds on to is let go of. */
  undoing(kernel: Kernel): Kernel {
    return (inputs, attrs) => {
      this.#begin();
      try {
        return kernel(inputs, attrs);
      } catch (e) {
        this.#open = false;
        this.#undo(this.#gained, this.#lost);
        throw e;
      } finally {
        this.#open = false;
      }
    };
  }

  /** The same of a read: what it does before it waits. */
  async undoingRead<T>(read: () => Promise<T>): Promise<T> {
    this.#begin();
    const reading = read();
    this.#open = false;
    const [gained, lost] = [[...this.#gained], [...this.#lost]];
    try {
      return await reading;
    } catch (e) {
      this.#undo(gained, lost);
      throw e;
    }
  }

  #begin(): void {
    this.#gained.length = this.#lost.length = 0;
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
