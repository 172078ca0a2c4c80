/** Numbers as files of others hold them, little-endian, as values of a graph. */
import { VariableError } from '../errors.ts';
import { type DType, type TypedArray, typedArrayOf } from '../types.ts';

interface NumberFormat {
  /** Of one element. */
  readonly bytes: number;
  /** What holds it. */
  readonly dtype: DType;
  /** Of a format that is not held as it is. */
  readonly read?: (view: DataView, at: number) => number;
}

/** By the names of safetensors. Those of eight bits and less that are no integers are nobody's variables. */
export const NUMBER_FORMATS: Readonly<Record<string, NumberFormat>> = {
  F32: { bytes: 4, dtype: 'float32' },
  I32: { bytes: 4, dtype: 'int32' },
  BOOL: { bytes: 1, dtype: 'bool' },
  C64: { bytes: 8, dtype: 'complex64' },
  F64: { bytes: 8, dtype: 'float32', read: (view, at) => view.getFloat64(at, true) },
  F16: { bytes: 2, dtype: 'float32', read: (view, at) => half(view.getUint16(at, true)) },
  BF16: { bytes: 2, dtype: 'float32', read: (view, at) => brain(view.getUint16(at, true)) },
  // what a number cannot tell from its neighbours fits no int32 either
  I64: { bytes: 8, dtype: 'int32', read: (view, at) => Number(view.getBigInt64(at, true)) },
  U64: { bytes: 8, dtype: 'int32', read: (view, at) => Number(view.getBigUint64(at, true)) },
  U32: { bytes: 4, dtype: 'int32', read: (view, at) => view.getUint32(at, true) },
  I16: { bytes: 2, dtype: 'int32', read: (view, at) => view.getInt16(at, true) },
  U16: { bytes: 2, dtype: 'int32', read: (view, at) => view.getUint16(at, true) },
  I8: { bytes: 1, dtype: 'int32', read: (view, at) => view.getInt8(at) },
  U8: { bytes: 1, dtype: 'int32', read: (view, at) => view.getUint8(at) },
};

/** IEEE 754's binary16: a sign, five bits of exponent, ten of fraction. */
function half(bits: number): number {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

/** bfloat16: the upper half of a float32. */
const brain = (bits: number): number => new Float32Array(Uint32Array.of(bits << 16).buffer)[0]!;

/**
 * The numbers of a format: floats as float32, rounded, and integers as int32.
 * @param wanted the dtype to hold them, where they can be of it: 0 and 1 of any integers are bools too
 * @throws VariableError for a number that does not fit
 */
export function readNumbers(
  format: string,
  bytes: Uint8Array,
  wanted?: DType,
): { readonly data: TypedArray; readonly dtype: DType } {
  const { bytes: size, dtype: own, read } = NUMBER_FORMATS[format]!;
  const dtype = own === 'int32' && wanted === 'bool' ? wanted : own;
  if (read === undefined && dtype === own) {
    // a copy, since the data of an entry need not be aligned; not by slice(), which makes a view where `bytes` is a Buffer
    const { buffer } = new Uint8Array(bytes);
    return { data: new (typedArrayOf(dtype, 0).constructor as Float32ArrayConstructor)(buffer), dtype };
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = typedArrayOf(dtype, bytes.length / size);
  const next = read ?? ((from, at) => from.getInt32(at, true));
  for (let i = 0; i < data.length; i++) {
    const value = next(view, i * size);
    data[i] = value;
    const fits =
      dtype === 'float32'
        ? Number.isFinite(data[i]) || !Number.isFinite(value)
        : data[i] === value && (dtype !== 'bool' || value <= 1);
    if (!fits) throw new VariableError(`${format} has ${value}, which ${dtype} cannot hold`);
  }
  return { data, dtype };
}
