/**
 * The safetensors format: eight bytes with the header's length, a JSON header with dtype, shape and offsets of each tensor, then
 * the data, little-endian. (https://huggingface.co/docs/safetensors)
 */
import { VariableError } from '../errors.ts';
import { type DType, sizeOf } from '../types.ts';
import type { HostValue } from './backend.ts';
import { NUMBER_FORMATS, readNumbers } from './number-formats.ts';
import type { ValuesOfFile, VariablesSnapshot } from './variables.ts';

const NAMES: Readonly<Record<DType, string>> = {
  float32: 'F32',
  int32: 'I32',
  bool: 'BOOL',
  complex64: 'C64',
};

/** Where the metadata have the seed and the run counter. */
const SEED_KEY = 'retrograph.seed';
const RUNS_KEY = 'retrograph.runs';

/** The tensors; seed and run counter are its metadata. */
export function encodeSafetensors({ tensors, seed, runs }: VariablesSnapshot): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: { [SEED_KEY]: `${seed}`, [RUNS_KEY]: `${runs}` } };
  let offset = 0;
  for (const [name, { data, shape, dtype }] of tensors) {
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

/**
 * What a file holds. An entry is judged, and decoded, when it is asked for: others' files have what no variable can be.
 * @throws VariableError for what is no safetensors file
 */
export function decodeSafetensors(bytes: Uint8Array): ValuesOfFile {
  if (bytes.length < 8) return fail('it is shorter than its header');
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > bytes.length - 8) return fail('it is shorter than its header says');
  const header = parseHeader(bytes.subarray(8, 8 + length));
  const data = bytes.subarray(8 + length);
  const { __metadata__: metadata = {}, ...entries } = header;
  if (!isRecord(metadata)) return fail('its metadata are no record');
  return {
    tensors: new Map(
      Object.entries(entries).map(([name, entry]) => [name, (wanted) => decodeEntry(name, entry, data, wanted)]),
    ),
    seed: wholeNumber(metadata, SEED_KEY),
    runs: wholeNumber(metadata, RUNS_KEY),
  };
}

/** A count among a file's metadata. @throws VariableError for one that is none */
function wholeNumber(metadata: Readonly<Record<string, unknown>>, key: string): number | undefined {
  const text = metadata[key];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(String(text)) && Number.isSafeInteger(value)) return value;
  throw new VariableError(`not a file of variables: its ${key} is ${text}`);
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return fail('its header is not JSON');
  }
  return isRecord(header) ? header : fail('its header is no record');
}

/** @throws VariableError for an entry that is damaged, that no variable can be, or whose numbers do not fit */
function decodeEntry(name: string, entry: unknown, data: Uint8Array, wanted: DType | undefined): HostValue {
  if (!isRecord(entry)) return fail(`the entry of '${name}' is no record`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (!isSizes(shape)) return fail(`'${name}' has no shape`);
  const format = String(dtype);
  if (!Object.hasOwn(NUMBER_FORMATS, format))
    throw new VariableError(`'${name}' is ${format}, which no variable can be`);
  if (!isSizes(offsets) || offsets.length !== 2 || !(offsets[0]! <= offsets[1]! && offsets[1]! <= data.length)) {
    return fail(`the offsets of '${name}' are not within its data`);
  }
  if (offsets[1]! - offsets[0]! !== sizeOf(shape) * NUMBER_FORMATS[format]!.bytes) {
    return fail(`'${name}' has ${offsets[1]! - offsets[0]!} bytes, not those of ${format}[${shape.join(', ')}]`);
  }
  try {
    return { ...readNumbers(format, data.subarray(offsets[0], offsets[1]), wanted), shape };
  } catch (e) {
    throw new VariableError(`'${name}': ${(e as Error).message}`);
  }
}

function fail(what: string): never {
  throw new VariableError(`not a safetensors file: ${what}`);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isSizes = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
