/**
 * Matrix products of float32 in WebAssembly: procedures that compute a panel of 4 or 8 columns of the product, tile by tile of 4 rows.
 * Addresses and strides are in bytes.
 */
import { type Code, f32x4, get, i32, type Procedure, set, type Type, times, v128, when } from './assembler.ts';

/** Rows of a tile: 4 rows by 2 vectors leave registers for their operands. */
const ROWS = 4;

const each = (n: number, code: (i: number) => Code): Code => Array.from({ length: n }, (_, i) => code(i));
const advance = (address: number, stride: Code): Code => set(address, i32.add(get(address), stride));

/**
 * max(START + A B, LOW) for FOURS tiles of 4 rows and ONES further rows. A is read as it lies; rows of B have a stride, so that B may be
 * packed or not. START is the address of a row that is added to every row; LOW is passed as bits, and a NaN stays NaN.
 */
function panel(vectors: number): Procedure {
  const [Y, Y_ROW, A, A_ROW, A_COLUMN, B, B_ROW, COUNT, START, LOW, FOURS, ONES] = [...Array(12).keys()] as [
    ...Local<4>,
    ...Local<4>,
    ...Local<4>,
  ];
  const [left, right, from] = [12, 13, 14] as const;
  const row = (r: number): number => from + r;
  const [low, element] = [from + ROWS, from + ROWS + 1];
  const column = (v: number): number => element + 1 + v;
  const sum = (r: number, v: number): number => element + 1 + vectors + r * vectors + v;

  const tile = (rows: number): Code => [
    each(vectors, (v) => [
      set(column(v), v128.load(16 * v, get(START))),
      each(rows, (r) => set(sum(r, v), get(column(v)))),
    ]),
    each(rows, (r) => set(row(r), r === 0 ? get(A) : i32.add(get(row(r - 1)), get(A_ROW)))),
    set(A, i32.add(get(row(rows - 1)), get(A_ROW))),
    set(right, get(B)),
    set(left, get(COUNT)),
    times(left, [
      each(vectors, (v) => set(column(v), v128.load(16 * v, get(right)))),
      advance(right, get(B_ROW)),
      each(rows, (r) => [
        set(element, v128.load32Splat(0, get(row(r)))),
        advance(row(r), get(A_COLUMN)),
        each(vectors, (v) => set(sum(r, v), f32x4.add(get(sum(r, v)), f32x4.mul(get(element), get(column(v)))))),
      ]),
    ]),
    each(rows, (r) => [
      each(vectors, (v) => [get(Y), v128.store(16 * v, f32x4.pmax(get(sum(r, v)), get(low)))]),
      advance(Y, get(Y_ROW)),
    ]),
  ];
  const locals: Type[] = [...Array(2 + ROWS).fill('i32'), ...Array(2 + vectors + ROWS * vectors).fill('v128')];
  return {
    parameters: 12,
    locals,
    body: [
      set(low, f32x4.splatBits(get(LOW))),
      when(FOURS, times(FOURS, tile(ROWS))),
      when(ONES, times(ONES, tile(1))),
    ],
  };
}
type Local<N extends number, T extends number[] = []> = T['length'] extends N ? T : Local<N, [...T, number]>;

/** Copies COUNT rows of vectors, which have a stride, to a packed panel. */
function packRows(vectors: number): Procedure {
  const [TO, FROM, STRIDE, COUNT] = [0, 1, 2, 3] as const;
  return {
    parameters: 4,
    locals: [],
    body: times(COUNT, [
      each(vectors, (v) => [get(TO), v128.store(16 * v, v128.load(16 * v, get(FROM)))]),
      advance(FROM, get(STRIDE)),
      advance(TO, i32.constant(16 * vectors)),
    ]),
  };
}

/** Transposes the first COUNT elements of rows, which have a stride, to a packed panel. The rows beyond VALID repeat the last one. */
function packColumns(vectors: number): Procedure {
  const [TO, FROM, STRIDE, COUNT, VALID] = [0, 1, 2, 3, 4] as const;
  const rows = 4 * vectors;
  const row = (r: number): number => (r === 0 ? FROM : 4 + r);
  const gathered = row(rows - 1) + 1;
  return {
    parameters: 5,
    locals: [...Array(rows - 1).fill('i32'), 'v128'] as Type[],
    body: [
      each(rows - 1, (r) =>
        set(row(r + 1), i32.add(get(row(r)), i32.mul(get(STRIDE), i32.greater(get(VALID), i32.constant(r + 1))))),
      ),
      times(COUNT, [
        each(vectors, (v) => [
          set(gathered, v128.load32Splat(0, get(row(4 * v)))),
          each(3, (lane) => set(gathered, v128.load32Lane(lane + 1, get(row(4 * v + lane + 1)), get(gathered)))),
          [get(TO), v128.store(16 * v, get(gathered))],
        ]),
        each(rows, (r) => advance(row(r), i32.constant(4))),
        advance(TO, i32.constant(16 * vectors)),
      ]),
    ],
  };
}

export const products = () => ({
  panel1: panel(1),
  panel2: panel(2),
  packRows1: packRows(1),
  packRows2: packRows(2),
  packColumns1: packColumns(1),
  packColumns2: packColumns(2),
});
