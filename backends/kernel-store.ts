/** Variables on a kernel backend: a cell for each name, whose buffer updates replace. */
import { type BackendStore, type Buffer, type DType, type HostValue, VariableError } from '../engine/index.ts';
import type { KernelDevice } from './backend.ts';
import { tooMuch, valueFault } from './limits.ts';

/** A variable: plans look up its cell once, and read its buffer at every run. */
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

  /** @throws LimitError for a value that does not fit on the device */
  set(name: string, { data, shape, dtype }: HostValue): void {
    const fault = valueFault({ data, shape, dtype }, this.#device.limits);
    if (fault !== undefined) throw tooMuch(`the variable '${name}'`, fault);
    const buffer = this.#device.upload(data, shape, dtype);
    const cell = this.#cells.get(name) ?? { name, buffer: undefined, shape, dtype };
    this.#cells.set(name, Object.assign(cell, { shape, dtype }));
    this.#setBuffer(cell, buffer);
  }

  async get(name: string): Promise<HostValue> {
    const cell = this.cell(name);
    const { shape, dtype } = cell;
    return { data: await this.#device.read(bufferOf(cell), shape, dtype), shape, dtype };
  }

  delete(name: string): void {
    const cell = this.#cells.get(name);
    if (cell !== undefined) this.#setBuffer(cell, undefined);
  }

  dispose(): void {
    for (const name of this.#cells.keys()) this.delete(name);
  }

  /** @throws VariableError if there is no such variable */
  cell(name: string): Cell {
    return this.#cells.get(name) ?? absent(name);
  }

  /** Replaces the buffer of a variable by another of its type, which the store then owns. @throws VariableError for a deleted variable */
  replace(cell: Cell, buffer: Buffer): void {
    bufferOf(cell);
    this.#device.setShape(buffer, cell.shape);
    this.#setBuffer(cell, buffer);
  }

  #setBuffer(cell: Cell, buffer: Buffer | undefined): void {
    const old = cell.buffer;
    cell.buffer = buffer;
    this.version++;
    if (old !== undefined) this.#device.release(old);
  }
}

/** @throws VariableError for a deleted variable */
export const bufferOf = ({ name, buffer }: Cell): Buffer => buffer ?? absent(name);

function absent(name: string): never {
  throw new VariableError(`there is no variable '${name}' in this store`);
}
