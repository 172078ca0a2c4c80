/**
 * Checks whether a shared library is complete. The system's loader maps the sections named in the headers without checking the file's
 * length, so a truncated library crashes the process (SIGBUS).
 * Source: the System V ABI, chapters 4 and 5 (ELF-64); the offsets below are those of Elf64_Ehdr, Elf64_Phdr and Elf64_Shdr.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const HEADER_BYTES = 64;
const MAGIC = 0x7f454c46;
const CLASS_64 = 2;
const LITTLE_ENDIAN = 1;
const SHARED_OBJECT = 3;
const SEGMENT_LOAD = 1;
const SECTION_NOBITS = 8;
/** e_machine, by Node's name for it. */
const MACHINES: Readonly<Record<string, number>> = { x64: 62, arm64: 183 };

/** Describes what is wrong with a library; undefined if it is valid for this machine. @throws Error if it cannot be read */
export function findDamage(path: string): string | undefined {
  const file = openSync(path, 'r');
  try {
    return examine(file, fstatSync(file).size);
  } finally {
    closeSync(file);
  }
}

function examine(file: number, size: number): string | undefined {
  if (size < HEADER_BYTES) return `it has ${size} bytes`;
  const header = read(file, 0, HEADER_BYTES);
  if (header.getUint32(0) !== MAGIC) return 'it is no shared library (not an ELF file)';
  if (header.getUint8(4) !== CLASS_64 || header.getUint8(5) !== LITTLE_ENDIAN || u16(header, 16) !== SHARED_OBJECT)
    return 'it is no 64-bit shared library';
  if (u16(header, 18) !== MACHINES[process.arch]) return `it is made for another processor than ${process.arch}`;

  const segments = readTable(file, size, u64(header, 32), u16(header, 54), u16(header, 56));
  const sections = readTable(file, size, u64(header, 40), u16(header, 58), u16(header, 60));
  if (segments === undefined || sections === undefined) return truncated(size);
  const ends = [
    ...segments.filter((s) => u32(s, 0) === SEGMENT_LOAD).map((s) => u64(s, 8) + u64(s, 32)),
    ...sections.filter((s) => u32(s, 4) !== SECTION_NOBITS).map((s) => u64(s, 24) + u64(s, 32)),
  ];
  return ends.every((end) => end <= size) ? undefined : truncated(size);
}

const truncated = (size: number): string =>
  `it is truncated: ${size.toLocaleString('en')} bytes are there, its headers claim more`;

/** The entries of a table of headers; undefined if it extends beyond the file. */
function readTable(
  file: number,
  size: number,
  offset: number,
  entryBytes: number,
  count: number,
): readonly DataView[] | undefined {
  if (offset + entryBytes * count > size) return undefined;
  return Array.from({ length: count }, (_, i) => read(file, offset + i * entryBytes, entryBytes));
}

function read(file: number, position: number, length: number): DataView {
  const bytes = new Uint8Array(length);
  readSync(file, bytes, 0, length, position);
  return new DataView(bytes.buffer);
}

const u16 = (view: DataView, at: number): number => view.getUint16(at, true);
const u32 = (view: DataView, at: number): number => view.getUint32(at, true);
const u64 = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));
