/** Files that pass for TensorFlow's library until somebody calls it, and wheels of them. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { libraryNames } from '../../backends/node/library/locate.ts';

export const [MAIN, FRAMEWORK] = [libraryNames()?.main[0] ?? '', libraryNames()?.framework[0] ?? ''];

const MACHINES: Readonly<Record<string, number>> = { x64: 62, arm64: 183 };

/** A shared library (ELF, 64 bits) with a segment of `length` bytes and nothing to call. */
export function makeElf({ length = 1000, machine = MACHINES[process.arch]! } = {}): Uint8Array {
  const bytes = new Uint8Array(64 + 56 + length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  view.setUint16(16, 3, true); // a shared object
  view.setUint16(18, machine, true);
  view.setUint32(20, 1, true);
  view.setBigUint64(32, 64n, true); // one program header, right after this one
  view.setUint16(52, 64, true);
  view.setUint16(54, 56, true);
  view.setUint16(56, 1, true);
  view.setUint32(64, 1, true); // to be loaded
  view.setBigUint64(64 + 8, 120n, true);
  view.setBigUint64(64 + 32, BigInt(length), true);
  for (let i = 0; i < length; i++) bytes[120 + i] = (i * i) % 251;
  return bytes;
}

/** Both files, in a folder that is made. */
export function writeLibrary(folder: string, bytes: Uint8Array = makeElf()): string {
  mkdirSync(folder, { recursive: true });
  for (const name of [MAIN, FRAMEWORK]) writeFileSync(join(folder, name), bytes);
  return folder;
}

export interface WheelOptions {
  readonly library?: Uint8Array;
  /** Files beside the library, and in the place of others. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  /** What RECORD says of a file, instead of the truth. */
  readonly record?: Readonly<Record<string, string>>;
}

/** A wheel as those of TensorFlow are: a zip with the library, headers and more, and a list of checksums. */
export function makeWheel({
  library = makeElf({ length: 300_000 }),
  files = {},
  record = {},
}: WheelOptions = {}): Uint8Array {
  const content: Record<string, Uint8Array> = {
    'tensorflow/__init__.py': strToU8('raise ImportError'),
    [`tensorflow/${MAIN}`]: library,
    [`tensorflow/${FRAMEWORK}`]: library,
    'tensorflow/include/tensorflow/c/c_api.h': strToU8('// the C API'),
    'tensorflow/include/tensorflow/cc/ops.h': strToU8('// something else'),
    ...files,
  };
  const sums = Object.entries(content).map(([name, bytes]) => {
    const sum = record[name] ?? createHash('sha256').update(bytes).digest('base64url');
    return `${name},sha256=${sum},${bytes.length}`;
  });
  const info = 'made_up_tensorflow-9.8.7.dist-info';
  content[`${info}/RECORD`] = strToU8([...sums, `${info}/RECORD,,`].join('\n'));
  // compressed, but for the first of the library's files, so that a byte of the wheel is one of the library
  const entries = Object.entries(content).map(([name, bytes]) => {
    return [name, [bytes, { level: name.endsWith(MAIN) ? 0 : 6 }]] as const;
  });
  return zipSync(Object.fromEntries(entries) as Zippable);
}
