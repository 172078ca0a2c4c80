/** Variables on a kernel backend: a buffer for each name, re-pointed by updates. */
import { type BackendStore, type Buffer, type DType, type HostValue, VariableError } from '../engine/index.ts';
import type { KernelDevice } from './backend.ts';
import { tooMuch, valueFault } from './limits.ts';

interface Entry {
  readonly buffer: Buffer;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

export class KernelStore implements BackendStore {
  readonly #device: KernelDevice;
  readonly #entries = new Map<string, Entry>();

  constructor(device: KernelDevice) {
    this.#device = device;
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** @throws LimitError for a value that the device cannot hold */
  set(name: string, { data, shape, dtype }: HostValue): void {
    const fault = valueFault({ data, shape, dtype }, this.#device.limits);
    if (fault !== undefined) throw tooMuch(`the variable '${name}'`, fault);
    this.#put(name, { buffer: this.#device.upload(data, shape, dtype), shape, dtype });
  }

  async get(name: string): Promise<HostValue> {
    const { buffer, shape, dtype } = this.#entry(name);
    return { data: await this.#device.read(buffer, shape, dtype), shape, dtype };
  }

  delete(name: string): void {
    const entry = this.#entries.get(name);
    this.#entries.delete(name);
    if (entry !== undefined) this.#device.release(entry.buffer);
  }

  dispose(): void {
    for (const name of [...this.#entries.keys()]) this.delete(name);
  }

  /** The buffer that holds a variable now. */
  buffer(name: string): Buffer {
    return this.#entry(name).buffer;
  }

  /** Points a variable at another buffer of its type, whose ownership passes to the store. */
  replace(name: string, buffer: Buffer): void {
    const { shape, dtype } = this.#entry(name);
    this.#device.setShape(buffer, shape);
    this.#put(name, { buffer, shape, dtype });
  }

  #put(name: string, entry: Entry): void {
    const old = this.#entries.get(name);
    this.#entries.set(name, entry);
    if (old !== undefined) this.#device.release(old.buffer);
  }

  #entry(name: string): Entry {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new VariableError(`there is no variable '${name}' in this store`);
    return entry;
  }
}
