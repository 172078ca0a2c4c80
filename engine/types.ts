/** Tensor types: a dtype and a shape whose dims may be symbolic. */
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

/** Gradients flow along float32 and complex64 values only; a path through any other dtype ends there. */
export const isDifferentiable = (dtype: DType): boolean => dtype === 'float32' || dtype === 'complex64';

/** Bytes of one element, as the tfjs backends store it. */
export const BYTES_PER_ELEMENT: Readonly<Record<DType, number>> = { float32: 4, int32: 4, bool: 1, complex64: 8 };

/** How many numbers on the host make an element: two for complex64, its real and its imaginary part. */
export const numbersPer = (dtype: DType): 1 | 2 => (dtype === 'complex64' ? 2 : 1);

/** The class of an object by its own word, which is the same in every realm: an iframe, `vm`, another process's window. */
export const kindOf = (value: unknown): string | undefined =>
  (value as { readonly [Symbol.toStringTag]?: string } | null | undefined)?.[Symbol.toStringTag];

const HELD_BY: Readonly<Record<string, new (buffer: ArrayBufferLike, at: number, length: number) => TypedArray>> = {
  Float32Array,
  Int32Array,
  Uint8Array,
};

/**
 * A typed array, as one of this realm's own over the same memory: kernels ask for its class, and Node's Buffers slice otherwise.
 * Undefined for what is none, or of a kind that holds no dtype.
 */
export function asTypedArray(value: unknown): TypedArray | undefined {
  const Class = ArrayBuffer.isView(value) ? HELD_BY[kindOf(value)!] : undefined;
  if (Class === undefined) return undefined;
  const array = value as TypedArray;
  return array.constructor === Class ? array : new Class(array.buffer, array.byteOffset, array.length);
}

/** The dtype that an array of this realm's holds on its own: complex64 shares its class with float32. */
export const heldDType = (array: TypedArray): DType =>
  array instanceof Float32Array ? 'float32' : array instanceof Int32Array ? 'int32' : 'bool';

/** A zero-filled host array for `length` elements; complex64 interleaves real and imaginary parts. */
export function typedArrayOf(dtype: DType, length: number): TypedArray {
  try {
    if (dtype === 'int32') return new Int32Array(length);
    if (dtype === 'bool') return new Uint8Array(length);
    return new Float32Array(length * numbersPer(dtype));
  } catch (cause) {
    throw new LimitError(`${length.toLocaleString('en')} elements of ${dtype} do not fit into memory`, { cause });
  }
}

/** The type under which backends hold a value: complex64 as float32, real and imaginary part in turn along an axis more. */
export const storedType = ({ dtype, shape }: TensorType): TensorType =>
  dtype === 'complex64' ? { dtype: 'float32', shape: [...shape, 2] } : { dtype, shape };

/** `float32[$batch, 2]` */
export const formatType = (type: TensorType): string => `${type.dtype}${formatShape(type.shape)}`;

/** Whether two types are the same, or may be once their dims are numbers. */
export const mayMatch = (a: TensorType, b: TensorType): boolean =>
  a.dtype === b.dtype && a.shape.length === b.shape.length && a.shape.every((d, i) => mayEqual(d, b.shape[i]!));

/** The number of elements of a static shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((n, d) => n * d, 1);

/** The dtype that holds both, as tf upcasts: bool < int32 < float32 < complex64. */
export const upcast = (a: DType, b: DType): DType => (UPCASTS.indexOf(a) < UPCASTS.indexOf(b) ? b : a);
const UPCASTS: readonly DType[] = ['bool', 'int32', 'float32', 'complex64'];
