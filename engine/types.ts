/** Tensor types (a dtype, and a shape whose dims may be symbolic), and the typed arrays of their elements. */
import { type Dim, formatShape, mayEqual } from './dim/index.ts';
import { LimitError } from './errors.ts';

export type DType = 'float32' | 'int32' | 'bool' | 'complex64';
export const DTYPES: readonly DType[] = ['float32', 'int32', 'bool', 'complex64'];

export type Shape = readonly Dim[];

export interface TensorType {
  readonly dtype: DType;
  readonly shape: Shape;
}

export type TypedArray = Float32Array | Int32Array | Uint8Array;
export type NestedArray = readonly (number | boolean | NestedArray)[];

/** Whether gradients flow through values of this dtype. */
export const isDifferentiable = (dtype: DType): boolean => dtype === 'float32' || dtype === 'complex64';

/** Bytes of one element, as the tfjs backends store it. */
export const BYTES_PER_ELEMENT: Readonly<Record<DType, number>> = { float32: 4, int32: 4, bool: 1, complex64: 8 };

/** The number of array entries per element on the host: two for complex64, real and imaginary part. */
export const numbersPer = (dtype: DType): 1 | 2 => (dtype === 'complex64' ? 2 : 1);

/** The name of an object's class by its Symbol.toStringTag, which is the same in every realm (iframe, `vm`), unlike the class itself. */
export const kindOf = (value: unknown): string | undefined =>
  (value as { readonly [Symbol.toStringTag]?: string } | null | undefined)?.[Symbol.toStringTag];

const ARRAY_CLASSES: Readonly<
  Record<string, new (buffer: ArrayBufferLike, offset: number, length: number) => TypedArray>
> = {
  Float32Array,
  Int32Array,
  Uint8Array,
};

/**
 * A view of a typed array's memory by this realm's Float32Array, Int32Array or Uint8Array: kernels test for these classes, and `slice` of
 * Node's Buffers is different. Undefined for other values.
 */
export function asTypedArray(value: unknown): TypedArray | undefined {
  const Class = ArrayBuffer.isView(value) ? ARRAY_CLASSES[kindOf(value)!] : undefined;
  if (Class === undefined) return undefined;
  const array = value as TypedArray;
  return array.constructor === Class ? array : new Class(array.buffer, array.byteOffset, array.length);
}

/** The dtype of an array of this realm; float32 for complex64, which has the same class. */
export const dtypeOf = (array: TypedArray): DType =>
  array instanceof Float32Array ? 'float32' : array instanceof Int32Array ? 'int32' : 'bool';

/** A zero-filled host array for `length` elements; complex64 interleaves real and imaginary parts. @throws LimitError */
export function typedArrayOf(dtype: DType, length: number): TypedArray {
  try {
    if (dtype === 'int32') return new Int32Array(length);
    if (dtype === 'bool') return new Uint8Array(length);
    return new Float32Array(length * numbersPer(dtype));
  } catch (cause) {
    throw new LimitError(`${length.toLocaleString('en')} elements of ${dtype} do not fit into memory`, { cause });
  }
}

/** The type in which backends store a value: complex64 as float32, with real and imaginary parts along a further last axis of size 2. */
export const storedType = ({ dtype, shape }: TensorType): TensorType =>
  dtype === 'complex64' ? { dtype: 'float32', shape: [...shape, 2] } : { dtype, shape };

/** `float32[$batch, 2]` */
export const formatType = (type: TensorType): string => `${type.dtype}${formatShape(type.shape)}`;

/** Whether two types are equal, or may be equal once their dims are bound. */
export const mayMatch = (a: TensorType, b: TensorType): boolean =>
  a.dtype === b.dtype && a.shape.length === b.shape.length && a.shape.every((d, i) => mayEqual(d, b.shape[i]!));

/** The number of elements of a static shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((n, d) => n * d, 1);

/** The larger dtype, as tf upcasts: bool < int32 < float32 < complex64. */
export const upcast = (a: DType, b: DType): DType => (UPCASTS.indexOf(a) < UPCASTS.indexOf(b) ? b : a);
const UPCASTS: readonly DType[] = ['bool', 'int32', 'float32', 'complex64'];
