/**
 * Reads and writes the safetensors format: eight bytes with the header's length, a JSON header with dtype, shape and offsets of each
 * tensor, then the data, little-endian (https://huggingface.co/docs/safetensors).
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

/** Keys of the seed and the run counter in the metadata. */
const SEED_KEY = 'retrograph.seed';
const RUNS_KEY = 'retrograph.runs';

/** The header's key for metadata, which no tensor may have as its name. */
const METADATA = '__metadata__';
/** The format's limit on the header, in bytes. */
const MAX_HEADER_BYTES = 100_000_000;

/** Writes tensors, with seed and run counter as metadata. @throws VariableError for a tensor named '__metadata__' */
export function encodeSafetensors({ tensors, seed, runs }: VariablesSnapshot): Uint8Array {
  if (tensors.has(METADATA))
    throw new VariableError(`a safetensors file cannot have a tensor named '${METADATA}'; use another name`);
  const header: [string, unknown][] = [[METADATA, { [SEED_KEY]: `${seed}`, [RUNS_KEY]: `${runs}` }]];
  let offset = 0;
  for (const [name, { data, shape, dtype }] of tensors) {
    header.push([name, { dtype: NAMES[dtype], shape, data_offsets: [offset, offset + data.byteLength] }]);
    offset += data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  // pad the header with spaces, so that the data starts at a multiple of 8
  const length = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + offset).fill(0x20, 8, 8 + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, 8);
  let end = 8 + length;
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), end);
    end += data.byteLength;
  }
  return bytes;
}

/** A tensor of a file: `start` and `end` are byte offsets in the data. */
interface Entry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a file, and checks the format's rules: each name occurs once, and each byte of the data belongs to exactly one tensor. So all
 * tensors together take at most four times the file's size. A tensor of an unsupported dtype is an error only when it is read, since
 * files of other programs may contain some.
 * @throws VariableError if it is not a safetensors file
 */
export function decodeSafetensors(bytes: Uint8Array): ValuesOfFile {
  if (bytes.length < 8) return fail('it is shorter than its header');
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > bytes.length - 8) return fail('it is shorter than its header says');
  if (length > MAX_HEADER_BYTES) return fail(`its header has more than ${MAX_HEADER_BYTES} bytes`);
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

/** An optional non-negative integer of the metadata. @throws VariableError if it is something else */
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

/** A key that occurs twice in an object of a JSON text: JSON.parse silently keeps the last one. */
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

/** Parses a tensor's header entry. @throws VariableError if it is malformed */
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

/** Checks that each byte of the data belongs to exactly one entry. @throws VariableError */
function requireWhole(entries: readonly Entry[], length: number): void {
  let covered = 0;
  for (const { name, start, end } of [...entries].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (end < start || end > length) fail(`the offsets of '${name}' are not within its data`);
    if (start !== covered)
      fail(`'${name}' starts at byte ${start} of its data, and the one before it ends at ${covered}`);
    covered = end;
  }
  if (covered !== length) fail(`its data have ${length} bytes, and its tensors ${covered}`);
}

const formatOf = (dtype: string) => (Object.hasOwn(NUMBER_FORMATS, dtype) ? NUMBER_FORMATS[dtype] : undefined);

/** @throws VariableError for an unsupported dtype, or numbers that do not fit */
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
