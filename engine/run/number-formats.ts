/** Reads the number formats of safetensors files (little-endian) into a graph's dtypes. */
import { VariableError } from '../errors.ts';
import { type DType, type TypedArray, typedArrayOf } from '../types.ts';

interface NumberFormat {
  /** Bytes of one element. */
  readonly bytes: number;
  /** The dtype that it is converted to. */
  readonly dtype: DType;
  /** Converts one element; absent where the dtype has the same format. */
  readonly read?: (view: DataView, offset: number) => number;
}

/** By their safetensors names. Floats of eight bits and less are not supported. */
export const NUMBER_FORMATS: Readonly<Record<string, NumberFormat>> = {
  F32: { bytes: 4, dtype: 'float32' },
  I32: { bytes: 4, dtype: 'int32' },
  BOOL: { bytes: 1, dtype: 'bool' },
  C64: { bytes: 8, dtype: 'complex64' },
  F64: { bytes: 8, dtype: 'float32', read: (view, offset) => view.getFloat64(offset, true) },
  F16: { bytes: 2, dtype: 'float32', read: (view, offset) => half(view.getUint16(offset, true)) },
  BF16: { bytes: 2, dtype: 'float32', read: (view, offset) => brain(view.getUint16(offset, true)) },
  // a 64-bit integer that is not exact as a number does not fit int32 either, and is refused there
  I64: { bytes: 8, dtype: 'int32', read: (view, offset) => Number(view.getBigInt64(offset, true)) },
  U64: { bytes: 8, dtype: 'int32', read: (view, offset) => Number(view.getBigUint64(offset, true)) },
  U32: { bytes: 4, dtype: 'int32', read: (view, offset) => view.getUint32(offset, true) },
  I16: { bytes: 2, dtype: 'int32', read: (view, offset) => view.getInt16(offset, true) },
  U16: { bytes: 2, dtype: 'int32', read: (view, offset) => view.getUint16(offset, true) },
  I8: { bytes: 1, dtype: 'int32', read: (view, offset) => view.getInt8(offset) },
  U8: { bytes: 1, dtype: 'int32', read: (view, offset) => view.getUint8(offset) },
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
 * Reads numbers: floats are rounded to float32, integers become int32.
 * @param wanted 'bool' reads integers that are all 0 or 1 as bool; other dtypes are ignored
 * @throws VariableError for a number that does not fit the dtype
 */
export function readNumbers(
  format: string,
  bytes: Uint8Array,
  wanted?: DType,
): { readonly data: TypedArray; readonly dtype: DType } {
  const { bytes: size, dtype: natural, read } = NUMBER_FORMATS[format]!;
  const dtype = natural === 'int32' && wanted === 'bool' ? wanted : natural;
  if (read === undefined && dtype === natural) {
    // copied, since an entry's data need not be aligned; not by slice(), which makes a view if `bytes` is a Buffer
    const { buffer } = new Uint8Array(bytes);
    return { data: new (typedArrayOf(dtype, 0).constructor as Float32ArrayConstructor)(buffer), dtype };
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = typedArrayOf(dtype, bytes.length / size);
  const next = read ?? ((from, offset) => from.getInt32(offset, true));
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
