/**
 * A minimal assembler of WebAssembly modules, with the instructions that the procedures here need. Source: WebAssembly Core Specification
 * 2.0, chapter 5.
 */

/** Bytes of code, nested. */
export type Code = number | readonly Code[];

/** A natural number in LEB128. */
export const natural = (n: number): readonly number[] =>
  n < 0x80 ? [n] : [(n & 0x7f) | 0x80, ...natural(Math.floor(n / 0x80))];

/** A natural number in signed LEB128, where bit 6 of the last byte is the sign. */
const integer = (n: number): readonly number[] =>
  n < 0x40 ? [n] : [(n & 0x7f) | 0x80, ...integer(Math.floor(n / 0x80))];

const bytesOf = (code: Code): readonly number[] => (typeof code === 'number' ? [code] : code.flatMap(bytesOf));
const sized = (code: Code): Code => {
  const bytes = bytesOf(code);
  return [natural(bytes.length), bytes];
};
const vector = (items: readonly Code[]): Code => [natural(items.length), items];
const named = (name: string): Code => sized([...name].map((letter) => letter.charCodeAt(0)));

export type Type = 'i32' | 'f64' | 'v128';
const TYPES: Readonly<Record<Type, number>> = { i32: 0x7f, f64: 0x7c, v128: 0x7b };

/** An instruction that takes its operands from the stack. */
const plain =
  (opcode: Code) =>
  (...operands: readonly Code[]): Code => [operands, opcode];
const simd = (opcode: number): Code => [0xfd, natural(opcode)];
/** A load or store at an address plus an offset in bytes; `align` is the binary logarithm of the alignment. */
const access =
  (opcode: Code, align: number) =>
  (offset: number, ...operands: readonly Code[]): Code => [operands, opcode, align, natural(offset)];

export const get = (local: number): Code => [0x20, natural(local)];
export const set = (local: number, value: Code): Code => [value, 0x21, natural(local)];
export const i32 = {
  add: plain(0x6a),
  sub: plain(0x6b),
  mul: plain(0x6c),
  /** 1 if the first operand is greater, else 0. */
  greater: plain(0x4a),
  constant: (n: number): Code => [0x41, integer(n)],
} as const;
export const v128 = {
  load: access(simd(0), 2),
  store: access(simd(11), 2),
  load32Splat: access(simd(9), 2),
  /** A vector in which a lane is loaded from an address. */
  load32Lane: (lane: number, address: Code, vector: Code): Code => [address, vector, simd(86), 2, 0, lane],
  zero: [simd(12), Array(16).fill(0) as number[]] as Code,
  and: plain(simd(78)),
  or: plain(simd(80)),
  /** Bits of the first operand where the third has ones, of the second elsewhere. */
  select: plain(simd(82)),
} as const;

const splat = (lane: number): Code => {
  const bytes = [lane, lane >>> 8, lane >>> 16, lane >>> 24].map((byte) => byte & 255);
  return [simd(12), bytes, bytes, bytes, bytes];
};
export const i32x4 = {
  add: plain(simd(174)),
  sub: plain(simd(177)),
  eq: plain(simd(55)),
  splat,
  shiftLeft: (x: Code, by: number): Code => [x, i32.constant(by), simd(171)],
  /** Repeats the sign. */
  shiftRight: (x: Code, by: number): Code => [x, i32.constant(by), simd(172)],
  /** Of floats, towards zero; 0 for NaN. */
  truncate: plain(simd(248)),
} as const;
export const f32x4 = {
  add: plain(simd(228)),
  sub: plain(simd(229)),
  mul: plain(simd(230)),
  div: plain(simd(231)),
  abs: plain(simd(224)),
  neg: plain(simd(225)),
  /** The nearest integer, the even one of two. */
  nearest: plain(simd(106)),
  eq: plain(simd(65)),
  lt: plain(simd(67)),
  gt: plain(simd(68)),
  le: plain(simd(69)),
  /** Of ints. */
  convert: plain(simd(250)),
  splat: (x: number): Code => splat(new Int32Array(Float32Array.of(x).buffer)[0]!),
  /** The second operand where it is less than the first, else the first, also if that is NaN. */
  pmin: plain(simd(234)),
  /** The second operand where it is greater than the first, else the first, also if that is NaN. */
  pmax: plain(simd(235)),
  /** A vector of copies of a float, which is given by its bits as an i32. */
  splatBits: plain([0xbe, simd(19)]),
} as const;
export const f64x2 = {
  add: plain(simd(240)),
  lane: (x: Code, lane: 0 | 1): Code => [x, simd(33), lane],
  promoteLow: plain(simd(95)),
  /** Converts the two upper float lanes to doubles. */
  promoteHigh: (x: Code): Code => f64x2.promoteLow([x, x, simd(13), [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7]]),
} as const; // biome-ignore format: as it is

export const f64 = { add: plain(0xa0), store: access(0x39, 3) } as const;

/** A loop that runs as often as the local's value, at least once; the local counts down to 0. */
export const times = (local: number, body: Code): Code => [
  [0x03, 0x40],
  body,
  set(local, i32.sub(get(local), i32.constant(1))),
  get(local),
  [0x0d, 0],
  0x0b,
];

/** Code that runs if the local is not 0. */
export const when = (local: number, body: Code): Code => [get(local), [0x04, 0x40], body, 0x0b];

/** A function with i32 parameters and no result. Locals are numbered after the parameters. */
export interface Procedure {
  readonly parameters: number;
  readonly locals: readonly Type[];
  readonly body: Code;
}

const section = (id: number, items: readonly Code[]): Code => [id, sized(vector(items))];

/**
 * A module that imports `env.memory` and exports the procedures by name.
 * @param shared whether the memory is shared between threads
 */
export function moduleOf(procedures: Readonly<Record<string, Procedure>>, shared: boolean): Uint8Array<ArrayBuffer> {
  const all = Object.values(procedures);
  const types = all.map(({ parameters }) => [0x60, vector(Array(parameters).fill(TYPES.i32) as number[]), vector([])]);
  // memory of any size; shared memory must declare a maximum, here 4 GiB
  const memory = shared ? [3, 0, natural(65536)] : [0, 0];
  return Uint8Array.from(
    bytesOf([
      [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, types),
      section(2, [[named('env'), named('memory'), 2, memory]]),
      section(3, all.map((_, i) => natural(i))),
      section(7, Object.keys(procedures).map((name, i) => [named(name), 0, natural(i)])),
      section(10, all.map(({ locals, body }) => sized([vector(locals.map((type) => [1, TYPES[type]])), body, 0x0b]))),
    ]),
  ); // biome-ignore format: as it is
}
