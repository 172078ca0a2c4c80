/**
 * The safetensors format: eight bytes with the header's length, a JSON header with dtype, shape and offsets of each tensor, then
 * the data, little-endian. (https://huggingface.co/docs/safetensors)
 */
import { VariableError } from '../errors.ts';
import { type DType, sizeOf } from '../types.ts';
import type { HostValue } from './backend.ts';
import { NUMBER_FORMATS, readNumbers } from './number-formats.ts';
import type { ValuesOfFile, VariablesSnapshot } from './snapshot.ts';

const NAMES: Readonly<Record<DType, string>> = {
  float32: 'F32',
  int32: 'I32',
  bool: 'BOOL',
  complex64: 'C64',
};

/** Where the metadata have the seed and the run counter. */
const SEED_KEY = 'retrograph.seed';
const RUNS_KEY = 'retrograph.runs';

/** Where the metadata are, which are no tensor. */
const METADATA = '__metadata__';
/** Bytes that a header may have. */
const LONGEST_HEADER = 100_000_000;

/** The tensors; seed and run counter are its metadata. @throws VariableError for a name that no file can have */
export function encodeSafetensors({ tensors, seed, runs }: VariablesSnapshot): Uint8Array {
  if (tensors.has(METADATA))
    throw new VariableError(`a file has its metadata under the name '${METADATA}'; use another`);
  const header: [string, unknown][] = [[METADATA, { [SEED_KEY]: `${seed}`, [RUNS_KEY]: `${runs}` }]];
  let offset = 0;
  for (const [name, { data, shape, dtype }] of tensors) {
    header.push([name, { dtype: NAMES[dtype], shape, data_offsets: [offset, offset + data.byteLength] }]);
    offset += data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
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

/** A tensor of a file. */
interface Entry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

/**
 * What a file holds, by the format's own rules: each name once, and each byte of the data in exactly one tensor. So the numbers of all
 * tensors together take no more than four times the file's size. A tensor that no variable can be is refused where it is asked for:
 * others' files have such ones.
 * @throws VariableError for what is no safetensors file
 */
export function decodeSafetensors(bytes: Uint8Array): ValuesOfFile {
  if (bytes.length < 8) return fail('it is shorter than its header');
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > bytes.length - 8) return fail('it is shorter than its header says');
  if (length > LONGEST_HEADER) return fail(`its header has more than ${LONGEST_HEADER} bytes`);
  const { [METADATA]: metadata = {}, ...header } = parseHeader(bytes.subarray(8, 8 + length));
  if (!isRecord(metadata) || Object.values(metadata).some((value) => typeof value !== 'string'))
    return fail('its metadata are no record of texts');
  const entries = Object.entries(header).map(([name, entry]) => entryOf(name, entry));
  const data = bytes.subarray(8 + length);
  requireWhole(entries, data.length);
  return {
    tensors: new Map(entries.map((entry) => [entry.name, (wanted) => decodeEntry(entry, data, wanted)])),
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
  if (bytes[0] !== 0x7b) return fail("its header does not begin with '{'");
  let header: unknown;
  let twice: string | undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    header = JSON.parse(text);
    twice = repeatedKey(text);
  } catch {
    return fail('its header is not JSON');
  }
  if (twice !== undefined) return fail(`its header has '${twice}' twice`);
  return isRecord(header) ? header : fail('its header is no record');
}

/** A key that an object of a JSON text has twice: parsed, the last one is left. */
function repeatedKey(json: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [token, text, colon] of json.matchAll(/("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (colon !== undefined) {
      const key = JSON.parse(text!) as string;
      if (open.at(-1)!.has(key)) return key;
      open.at(-1)!.add(key);
    }
  }
  return undefined;
}

/** @throws VariableError for an entry that is damaged */
function entryOf(name: string, entry: unknown): Entry {
  if (!isRecord(entry)) return fail(`the entry of '${name}' is no record`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string') return fail(`'${name}' has no dtype`);
  if (!isSizes(shape)) return fail(`'${name}' has no shape`);
  if (!isSizes(offsets) || offsets.length !== 2) return fail(`'${name}' has no offsets`);
  const [start, end] = offsets as readonly [number, number];
  const format = formatOf(dtype);
  if (format !== undefined && end - start !== sizeOf(shape) * format.bytes)
    return fail(`'${name}' has ${end - start} bytes, not those of ${dtype}[${shape.join(', ')}]`);
  return { name, dtype, shape, start, end };
}

/** Requires entries to have each byte once. @throws VariableError */
function requireWhole(entries: readonly Entry[], length: number): void {
  let at = 0;
  for (const { name, start, end } of [...entries].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (end < start || end > length) fail(`the offsets of '${name}' are not within its data`);
    if (start !== at) fail(`'${name}' starts at byte ${start} of its data, and the one before it ends at ${at}`);
    at = end;
  }
  if (at !== length) fail(`its data have ${length} bytes, and its tensors ${at}`);
}

const formatOf = (dtype: string) => (Object.hasOwn(NUMBER_FORMATS, dtype) ? NUMBER_FORMATS[dtype] : undefined);

/** @throws VariableError for a tensor that no variable can be, or whose numbers do not fit */
function decodeEntry(
  { name, dtype, shape, start, end }: Entry,
  data: Uint8Array,
  wanted: DType | undefined,
): HostValue {
  if (formatOf(dtype) === undefined) throw new VariableError(`'${name}' is ${dtype}, which no variable can be`);
  try {
    return { ...readNumbers(dtype, data.subarray(start, end), wanted), shape };
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
