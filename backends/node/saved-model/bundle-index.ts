/**
 * Checks the index of a checkpoint before TensorFlow's library reads it, which trusts the sizes in it and crashes the process if they do
 * not fit into memory. The index is a table of blocks (tensorflow/core/lib/io/table_format.txt) with a BundleEntryProto for each tensor
 * (tensorflow/core/protobuf/tensor_bundle.proto).
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import protobuf, { type Reader } from 'protobufjs';
import { BYTES_PER_ELEMENT, VariableError } from '../../../engine/index.ts';
import * as attr from '../graph/attributes.ts';

const FOOTER = 48;
const MAGIC = 0xdb4775248b80fb57n;
/** The bytes after each block: compression type and checksum. */
const TRAILER = 5;

/** The byte range of a block in the index, or of a tensor in a shard. */
interface Extent {
  readonly offset: number;
  readonly size: number;
}

const natural = (reader: Reader): number => Number(reader.uint64());
const extent = (reader: Reader): Extent => ({ offset: natural(reader), size: natural(reader) });

function requireWithin({ offset, size }: Extent, whole: number, what: string): void {
  if (!(offset >= 0 && size >= 0 && offset + size <= whole))
    throw new VariableError(`${what} lies beyond the file's end`);
}

/** The keys and values of a block. */
function* entriesOf(block: Uint8Array): Generator<readonly [key: string, value: Uint8Array]> {
  const view = new DataView(block.buffer, block.byteOffset, block.length);
  const restarts = view.getUint32(block.length - 4, true);
  requireWithin({ offset: 0, size: 4 * restarts + 4 }, block.length, 'the list of restarts');
  const reader = protobuf.Reader.create(block.subarray(0, block.length - 4 * restarts - 4));
  let key = Buffer.alloc(0);
  while (reader.pos < reader.len) {
    const [shared, own, length] = [reader.uint32(), reader.uint32(), reader.uint32()];
    if (shared > key.length) throw new VariableError('a key begins as none before it');
    const at = reader.pos;
    reader.skip(own + length);
    key = Buffer.concat([key.subarray(0, shared), block.subarray(at, at + own)]);
    yield [key.toString('latin1'), block.subarray(at + own, at + own + length)];
  }
}

function blockAt(file: Uint8Array, at: Extent): Uint8Array {
  requireWithin({ offset: at.offset, size: at.size + TRAILER }, file.length - FOOTER, 'a block');
  if (at.size < 4) throw new VariableError('a block of less than 4 bytes');
  if (file[at.offset + at.size] !== 0) throw new VariableError('a block is compressed');
  return file.subarray(at.offset, at.offset + at.size);
}

interface Entry extends Extent {
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly shard: number;
  /** Whether its values are stored in other entries. */
  readonly isSliced: boolean;
}

/** Reads the fields of a message by number; skips others. */
function readFields(bytes: Uint8Array, fields: Readonly<Record<number, (reader: Reader) => void>>): void {
  const reader = protobuf.Reader.create(bytes);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    const read = fields[tag >>> 3];
    if (read === undefined) reader.skipType(tag & 7);
    else read(reader);
  }
}

function readEntry(bytes: Uint8Array): Entry {
  const entry = { dtype: 0, shape: [] as number[], shard: 0, offset: 0, size: 0, isSliced: false };
  const dim = (reader: Reader): void => {
    let size = 0;
    readFields(reader.bytes(), {
      1: (r) => {
        size = natural(r);
      },
    });
    entry.shape.push(size);
  };
  readFields(bytes, {
    1: (r) => {
      entry.dtype = r.uint32();
    },
    2: (r) => readFields(r.bytes(), { 2: dim }),
    3: (r) => {
      entry.shard = r.uint32();
    },
    4: (r) => {
      entry.offset = natural(r);
    },
    5: (r) => {
      entry.size = natural(r);
    },
    7: (r) => {
      entry.isSliced = true;
      r.bytes();
    },
  });
  return entry;
}

/**
 * Checks that all tensors of the index lie within existing files, and have the size of their type.
 * @param prefix the path prefix of the checkpoint's files
 * @throws VariableError; RangeError for a truncated message
 */
export function checkBundleIndex(prefix: string): void {
  const file = readFileSync(`${prefix}.index`);
  if (file.length < FOOTER || file.readBigUInt64LE(file.length - 8) !== MAGIC)
    throw new VariableError('it is not a checkpoint index');
  const footer = protobuf.Reader.create(file.subarray(file.length - FOOTER));
  blockAt(file, extent(footer)); // the metaindex block
  let shards = 0;
  for (const [, handle] of entriesOf(blockAt(file, extent(footer))))
    for (const [key, value] of entriesOf(blockAt(file, extent(protobuf.Reader.create(handle))))) {
      if (key === '')
        readFields(value, {
          1: (r) => {
            shards = r.uint32();
          },
        });
      else checkEntry(prefix, shards, key, readEntry(value));
    }
}

function checkEntry(
  prefix: string,
  shards: number,
  key: string,
  { dtype, shape, shard, isSliced, ...at }: Entry,
): void {
  const [number, of] = [shard, shards].map((n) => `${n}`.padStart(5, '0'));
  const path = `${prefix}.data-${number}-of-${of}`;
  if (!existsSync(path)) throw new VariableError(`the values of '${key}' are in '${path}', which is not there`);
  requireWithin(at, statSync(path).size, `'${key}'`);
  const type = attr.DTYPES[dtype];
  const wanted = type === undefined || isSliced ? at.size : shape.reduce((n, d) => n * d, BYTES_PER_ELEMENT[type]);
  if (wanted !== at.size) throw new VariableError(`'${key}' has ${at.size} bytes, not ${wanted}`);
}
