/** Constants on a device: plans that have equal ones share their buffers. */
import type { PlannedConstant } from '../plan/plan.ts';
import { numberText } from '../scalar/expression.ts';
import { BYTES_PER_ELEMENT, sizeOf, type TypedArray, typedArrayOf } from '../types.ts';
import type { Buffer, Device } from './device.ts';

export interface SharedConstant {
  readonly key: string;
  readonly buffer: Buffer;
  readonly bytes: number;
  /** How many plans hold it. */
  owners: number;
}

const devices = new WeakMap<Device, Constants>();

/** Those of all plans on a device. */
export function constantsOn(device: Device): Constants {
  const known = devices.get(device);
  if (known !== undefined) return known;
  const constants = new Constants(device);
  devices.set(device, constants);
  return constants;
}

class Constants {
  readonly #device: Device;
  readonly #held = new Map<string, SharedConstant>();
  /** Numbers arrays, which are compared by identity: bound programs have those of the program that they are made from. */
  readonly #arrays = new WeakMap<TypedArray, number>();
  #last = 0;

  constructor(device: Device) {
    this.#device = device;
  }

  /** Uploaded, or held already; for one more owner. */
  take(constant: PlannedConstant): SharedConstant {
    const key = this.#keyOf(constant);
    let held = this.#held.get(key);
    if (held === undefined) {
      const { shape, dtype } = constant;
      const buffer = this.#device.upload(elementsOf(constant), shape, dtype);
      held = { key, buffer, bytes: sizeOf(shape) * BYTES_PER_ELEMENT[dtype], owners: 0 };
      this.#held.set(key, held);
    }
    held.owners++;
    return held;
  }

  /** One owner less; the last frees it. */
  release(constant: SharedConstant): void {
    if (--constant.owners > 0) return;
    this.#held.delete(constant.key);
    this.#device.release(constant.buffer);
  }

  #keyOf({ data, shape, dtype }: PlannedConstant): string {
    return `${dtype}[${shape.join()}] ${typeof data === 'number' ? numberText(data) : 'start' in data ? `${numberText(data.start)} + ${data.step} i` : `#${this.#numberOf(data)}`}`;
  }

  #numberOf(data: TypedArray): number {
    const known = this.#arrays.get(data) ?? ++this.#last;
    this.#arrays.set(data, known);
    return known;
  }
}

function elementsOf({ data, shape, dtype }: PlannedConstant): TypedArray {
  if (typeof data !== 'number' && !('start' in data)) return data;
  const values = typedArrayOf(dtype, sizeOf(shape));
  if (typeof data === 'number') values.fill(data);
  else for (let i = 0; i < values.length; i++) values[i] = data.start + i * data.step;
  return values;
}
