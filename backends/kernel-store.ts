/** Variables on a kernel backend: a cell for each name, which updates point at other buffers. */
import { type BackendStore, type Buffer, type DType, type HostValue, VariableError } from '../engine/index.ts';
import type { KernelDevice } from './backend.ts';
import { tooMuch, valueFault } from './limits.ts';

/** Where a variable lives: plans look it up once, and read its buffer at every run. */
export interface Cell {
  readonly name: string;
  /** Undefined once the variable has been deleted. */
  buffer: Buffer | undefined;
  shape: readonly number[];
  dtype: DType;
}

export class KernelStore implements BackendStore {
  readonly #device: KernelDevice;
  readonly #cells = new Map<string, Cell>();
  /** How often a variable has changed. */
  version = 0;

  constructor(device: KernelDevice) {
    this.#device = device;
  }

  has(name: string): boolean {
    return this.#cells.get(name)?.buffer !== undefined;
  }

  /** @throws LimitError for a value that the device cannot hold */
  set(name: string, { data, shape, dtype }: HostValue): void {
    const fault = valueFault({ data, shape, dtype }, this.#device.limits);
    if (fault !== undefined) throw tooMuch(`the variable '${name}'`, fault);
    const buffer = this.#device.upload(data, shape, dtype);
    const cell = this.#cells.get(name) ?? { name, buffer: undefined, shape, dtype };
    this.#cells.set(name, Object.assign(cell, { shape, dtype }));
    this.#point(cell, buffer);
  }

  async get(name: string): Promise<HostValue> {
    const cell = this.cell(name);
    const { shape, dtype } = cell;
    return { data: await this.#device.read(bufferOf(cell), shape, dtype), shape, dtype };
  }

  delete(name: string): void {
    const cell = this.#cells.get(name);
    if (cell !== undefined) this.#point(cell, undefined);
  }

  dispose(): void {
    for (const name of this.#cells.keys()) this.delete(name);
  }

  /** @throws VariableError for a variable that there is not */
  cell(name: string): Cell {
    return this.#cells.get(name) ?? absent(name);
  }

  /** Points a variable at another buffer of its type, whose ownership passes to the store. @throws VariableError for one that has been deleted */
  replace(cell: Cell, buffer: Buffer): void {
    bufferOf(cell);
    this.#device.setShape(buffer, cell.shape);
    this.#point(cell, buffer);
  }

  #point(cell: Cell, buffer: Buffer | undefined): void {
    const old = cell.buffer;
    cell.buffer = buffer;
    this.version++;
    if (old !== undefined) this.#device.release(old);
  }
}

/** @throws VariableError for a variable that has been deleted */
export const bufferOf = ({ name, buffer }: Cell): Buffer => buffer ?? absent(name);

function absent(name: string): never {
  throw new VariableError(`there is no variable '${name}' in this store`);
}
