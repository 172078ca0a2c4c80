/** Tensors in TensorFlow's memory. */
import type { DType, HostValue, TypedArray } from '../../../engine/index.ts';
import { BackendError, BYTES_PER_ELEMENT, sizeOf, typedArrayOf } from '../../../engine/index.ts';
import { TF_TYPES } from '../graph/attributes.ts';
import type { CApi, Pointer } from './c-api.ts';

const typeOf = (dtype: DType): number => TF_TYPES[dtype];

/** A typed array over memory that it does not own. */
function viewOf(api: CApi, tensor: Pointer, dtype: DType, length: number): TypedArray {
  if (length === 0) return typedArrayOf(dtype, 0);
  const memory = api.view(api.TF_TensorData(tensor)!, length * BYTES_PER_ELEMENT[dtype]);
  if (dtype === 'int32') return new Int32Array(memory);
  return dtype === 'bool' ? new Uint8Array(memory) : new Float32Array(memory);
}

/** The number of tensors, and their bytes, that this backend has allocated. */
export class TensorCount {
  buffers = 0;
  bytes = 0;
}

/** A tensor for feeds, which is overwritten by each run as long as the shape stays the same. */
export class FedTensor {
  readonly pointer: Pointer;
  readonly #shape: readonly number[];
  readonly #data: TypedArray;
  readonly #api: CApi;
  readonly #count: TensorCount;

  /** @throws BackendError if there is not enough memory */
  constructor(api: CApi, { shape, dtype }: Omit<HostValue, 'data'>, count: TensorCount) {
    const length = sizeOf(shape);
    const bytes = length * BYTES_PER_ELEMENT[dtype];
    const dims = BigInt64Array.from(shape, BigInt);
    const pointer = api.TF_AllocateTensor(typeOf(dtype), dims, shape.length, bytes);
    if (pointer === null) throw new BackendError(`TensorFlow has no memory for ${bytes} bytes`);
    this.pointer = pointer;
    this.#api = api;
    this.#shape = shape;
    this.#data = viewOf(api, pointer, dtype, length);
    this.#count = count;
    count.buffers++;
    count.bytes += bytes;
  }

  fits(shape: readonly number[]): boolean {
    return this.#shape.length === shape.length && this.#shape.every((d, i) => d === shape[i]);
  }

  write(data: ArrayLike<number>): void {
    this.#data.set(data);
  }

  /** Writes a scalar. */
  writeNumber(value: number): void {
    this.#data[0] = value;
  }

  free(): void {
    this.#api.TF_DeleteTensor(this.pointer);
    this.#count.buffers--;
    this.#count.bytes -= this.#data.byteLength;
  }
}

/** Copies a tensor to the host, and frees it. */
export function takeTensor(api: CApi, tensor: Pointer, dtype: DType): HostValue {
  try {
    const shape = Array.from({ length: api.TF_NumDims(tensor) }, (_, axis) => api.TF_Dim(tensor, axis));
    return { data: viewOf(api, tensor, dtype, sizeOf(shape)).slice(), shape, dtype };
  } finally {
    api.TF_DeleteTensor(tensor);
  }
}
