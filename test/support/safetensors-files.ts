/** Safetensors files, written by the published format: for what reads those of others. */
import fc from 'fast-check';

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** https://huggingface.co/docs/safetensors: u64 length of the header, the header, the data, without alignment. */
export function write(
  entries: Readonly<Record<string, Entry>>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  let end = 0;
  const header = Object.fromEntries(
    Object.entries(entries).map(([name, { dtype, shape, bytes }]) => {
      const start = end;
      end += bytes.length;
      return [name, { dtype, shape, data_offsets: [start, end] }];
    }),
  );
  const text = Buffer.from(JSON.stringify({ ...(metadata && { __metadata__: metadata }), ...header }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, ...Object.values(entries).map(({ bytes }) => bytes)]);
}

type Put = (view: DataView, at: number, value: number) => void;
interface Format {
  readonly bytes: number;
  readonly put: Put;
  /** Numbers that the format holds exactly. */
  readonly numbers: fc.Arbitrary<number>;
}

const integers = (low: number, high: number): fc.Arbitrary<number> =>
  fc.oneof(fc.integer({ min: low, max: high }), fc.constantFrom(low, high, 0, 1));
const WIDE = fc.oneof(integers(-(2 ** 31), 2 ** 31 - 1), fc.maxSafeInteger());

/** A binary float of so many bits of exponent and fraction, from the number's own parts. */
function floatBits(value: number, exponentBits: number, fractionBits: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 2 ** (exponentBits + fractionBits) : 0;
  const greatest = 2 ** exponentBits - 1;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return greatest * 2 ** fractionBits + 1;
  if (size === Infinity) return sign + greatest * 2 ** fractionBits;
  const bias = 2 ** (exponentBits - 1) - 1;
  const smallest = 2 ** (1 - bias);
  if (size < smallest) return sign + size / (smallest * 2 ** -fractionBits);
  let exponent = 0;
  while (2 ** (exponent + 1) <= size) exponent++;
  while (2 ** exponent > size) exponent--;
  return sign + (exponent + bias) * 2 ** fractionBits + (size / 2 ** exponent - 1) * 2 ** fractionBits;
}
/** Numbers of a binary float: any fraction, any exponent, subnormal ones and those that are not finite. */
const floats = (exponentBits: number, fractionBits: number): fc.Arbitrary<number> => {
  const bias = 2 ** (exponentBits - 1) - 1;
  return fc.oneof(
    fc
      .tuple(
        fc.constantFrom(1, -1),
        fc.integer({ min: 2 ** fractionBits, max: 2 ** (fractionBits + 1) - 1 }),
        fc.integer({ min: 1 - bias, max: bias }),
      )
      .map(([sign, fraction, exponent]) => sign * fraction * 2 ** (exponent - fractionBits)),
    fc.integer({ min: 0, max: 2 ** fractionBits - 1 }).map((fraction) => fraction * 2 ** (1 - bias - fractionBits)),
    fc.constantFrom(0, -0, 1, -1, Infinity, -Infinity, Number.NaN),
  );
};

export const FLOATS: Readonly<Record<string, Format>> = {
  F16: { bytes: 2, put: (view, at, v) => view.setUint16(at, floatBits(v, 5, 10), true), numbers: floats(5, 10) },
  BF16: { bytes: 2, put: (view, at, v) => view.setUint16(at, floatBits(v, 8, 7), true), numbers: floats(8, 7) },
  F32: { bytes: 4, put: (view, at, v) => view.setFloat32(at, v, true), numbers: fc.float() },
  F64: { bytes: 8, put: (view, at, v) => view.setFloat64(at, v, true), numbers: fc.oneof(fc.double(), fc.float()) },
};
export const INTEGERS: Readonly<Record<string, Format>> = {
  I8: { bytes: 1, put: (view, at, v) => view.setInt8(at, v), numbers: integers(-128, 127) },
  U8: { bytes: 1, put: (view, at, v) => view.setUint8(at, v), numbers: integers(0, 255) },
  I16: { bytes: 2, put: (view, at, v) => view.setInt16(at, v, true), numbers: integers(-(2 ** 15), 2 ** 15 - 1) },
  U16: { bytes: 2, put: (view, at, v) => view.setUint16(at, v, true), numbers: integers(0, 2 ** 16 - 1) },
  I32: { bytes: 4, put: (view, at, v) => view.setInt32(at, v, true), numbers: integers(-(2 ** 31), 2 ** 31 - 1) },
  U32: { bytes: 4, put: (view, at, v) => view.setUint32(at, v, true), numbers: integers(0, 2 ** 32 - 1) },
  I64: { bytes: 8, put: (view, at, v) => view.setBigInt64(at, BigInt(v), true), numbers: WIDE },
  U64: { bytes: 8, put: (view, at, v) => view.setBigUint64(at, BigInt(v), true), numbers: WIDE.map(Math.abs) },
};

export function entry(dtype: string, values: readonly number[], shape: readonly number[] = [values.length]): Entry {
  const { bytes: size, put } = { ...FLOATS, ...INTEGERS }[dtype]!;
  const bytes = new Uint8Array(values.length * size);
  for (const [i, value] of values.entries()) put(new DataView(bytes.buffer), i * size, value);
  return { dtype, shape, bytes };
}
