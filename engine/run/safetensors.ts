/**
 * The safetensors format: eight bytes with the header's length, a JSON header with dtype, shape and offsets of each tensor, then
 * the data, little-endian. (https://huggingface.co/docs/safetensors)
 */
import { VariableError } from '../errors.ts';
import { type DType, sizeOf, type TypedArray } from '../types.ts';
import type { HostValue } from './backend.ts';

const NAMES: Readonly<Partial<Record<DType, string>>> = { float32: 'F32', int32: 'I32', bool: 'BOOL' };
const DTYPES: Readonly<Record<string, DType>> = { F32: 'float32', I32: 'int32', BOOL: 'bool' };

export interface Tensors {
  readonly tensors: ReadonlyMap<string, HostValue>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** @throws VariableError for a dtype that the format does not have */
export function encodeSafetensors({ tensors, metadata }: Tensors): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { data, shape, dtype }] of tensors) {
    if (NAMES[dtype] === undefined) throw new VariableError(`'${name}': safetensors has no ${dtype}`);
    header[name] = { dtype: NAMES[dtype], shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  // the header is padded with spaces, so that the data starts at a multiple of 8
  const length = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + offset).fill(0x20, 8, 8 + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, 8);
  let at = 8 + length;
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** @throws VariableError for what is no safetensors file, or has a dtype that variables do not have */
export function decodeSafetensors(bytes: Uint8Array): Tensors {
  const fail = (what: string): never => {
    throw new VariableError(`not a safetensors file: ${what}`);
  };
  if (bytes.length < 8) fail('it is shorter than its header');
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > bytes.length - 8) fail('it is shorter than its header says');
  let header: Record<string, unknown>;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  } catch {
    return fail('its header is not JSON');
  }
  const { __metadata__: metadata = {}, ...entries } = header;
  const tensors = new Map<string, HostValue>();
  for (const [name, entry] of Object.entries(entries)) {
    const { dtype: code, shape, data_offsets: offsets } = entry as Entry;
    const dtype = DTYPES[code];
    if (dtype === undefined || !Array.isArray(shape) || !Array.isArray(offsets)) {
      throw new VariableError(`'${name}' is ${code}, which no variable can be`);
    }
    // a copy, since the data of an entry need not be aligned; not by slice(), which makes a view where `bytes` is a Buffer
    const slice = new Uint8Array(bytes.subarray(8 + length + offsets[0]!, 8 + length + offsets[1]!));
    const data: TypedArray =
      dtype === 'float32' ? new Float32Array(slice.buffer) : dtype === 'int32' ? new Int32Array(slice.buffer) : slice;
    if (data.length !== sizeOf(shape))
      fail(`'${name}' has ${data.length} elements, not those of its shape [${shape.join(', ')}]`);
    tensors.set(name, { data, shape, dtype });
  }
  return { tensors, metadata: metadata as Record<string, string> };
}
