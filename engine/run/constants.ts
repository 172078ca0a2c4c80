/** Constants on a device: plans with equal constants share their buffers. */
import type { PlannedConstant } from '../plan/plan.ts';
import { numberText } from '../scalar/expression.ts';
import { BYTES_PER_ELEMENT, sizeOf, type TypedArray, typedArrayOf } from '../types.ts';
import type { Buffer, Device } from './device.ts';

export interface SharedConstant {
  readonly key: string;
  readonly buffer: Buffer;
  readonly bytes: number;
  /** The number of plans that use it. */
  owners: number;
}

const devices = new WeakMap<Device, Constants>();

/** The constants of all plans on a device. */
export function constantsOn(device: Device): Constants {
  const known = devices.get(device);
  if (known !== undefined) return known;
  const constants = new Constants(device);
  devices.set(device, constants);
  return constants;
}

class Constants {
  readonly #device: Device;
  readonly #uploaded = new Map<string, SharedConstant>();
  /** An id for each array: arrays are compared by identity, since bound programs share those of the program that they are made from. */
  readonly #arrayIds = new WeakMap<TypedArray, number>();
  #lastId = 0;

  constructor(device: Device) {
    this.#device = device;
  }

  /** Adds an owner; uploads the constant for the first one. */
  acquire(constant: PlannedConstant): SharedConstant {
    const key = this.#keyOf(constant);
    let shared = this.#uploaded.get(key);
    if (shared === undefined) {
      const { shape, dtype } = constant;
      const buffer = this.#device.upload(elementsOf(constant), shape, dtype);
      shared = { key, buffer, bytes: sizeOf(shape) * BYTES_PER_ELEMENT[dtype], owners: 0 };
      this.#uploaded.set(key, shared);
    }
    shared.owners++;
    return shared;
  }

  /** Removes an owner; frees the buffer after the last one. */
  release(constant: SharedConstant): void {
    if (--constant.owners > 0) return;
    this.#uploaded.delete(constant.key);
    this.#device.release(constant.buffer);
  }

  #keyOf({ data, shape, dtype }: PlannedConstant): string {
    return `${dtype}[${shape.join()}] ${typeof data === 'number' ? numberText(data) : 'start' in data ? `${numberText(data.start)} + ${data.step} i` : `#${this.#idOf(data)}`}`;
  }

  #idOf(data: TypedArray): number {
    const id = this.#arrayIds.get(data) ?? ++this.#lastId;
    this.#arrayIds.set(data, id);
    return id;
  }
}

function elementsOf({ data, shape, dtype }: PlannedConstant): TypedArray {
  if (typeof data !== 'number' && !('start' in data)) return data;
  const values = typedArrayOf(dtype, sizeOf(shape));
  if (typeof data === 'number') values.fill(data);
  else for (let i = 0; i < values.length; i++) values[i] = data.start + i * data.step;
  return values;
}
