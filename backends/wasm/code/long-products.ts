/** Tiles of matrix products that are summed in double precision, in WebAssembly. */
import { type Code, f32x4, f64x2, get, i32, type Procedure, set, times, v128 } from './assembler.ts';

/**
 * Adds the product of some rows of a and 4 or 8 columns of b to doubles. Addresses and strides are in bytes. Each iteration loads the
 * columns of a row of b, adds them times each row's element of a to the row's sums, and advances by a column of a and a row of b.
 */
export function tile(rows: number, vectors: number): Procedure {
  const [Y, Y_ROW, A, A_ROW, A_COLUMN, B, B_ROW, COUNT] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
  const each = (n: number, code: (i: number) => Code): Code => Array.from({ length: n }, (_, i) => code(i));
  const row = (r: number): number => 8 + r;
  const column = (v: number): number => 8 + rows + v;
  const element = 8 + rows + vectors;
  const sum = (r: number, v: number): number => element + 1 + r * vectors + v;
  return {
    parameters: 8,
    locals: [...Array(rows).fill('i32'), ...Array(vectors + 1 + rows * vectors).fill('v128')] as Procedure['locals'],
    body: [
      each(rows, (r) => [set(row(r), get(A)), set(A, i32.add(get(A), get(A_ROW)))]),
      times(COUNT, [
        each(vectors, (v) => set(column(v), v128.load(16 * v, get(B)))),
        set(B, i32.add(get(B), get(B_ROW))),
        each(rows, (r) => [
          set(element, v128.load32Splat(0, get(row(r)))),
          set(row(r), i32.add(get(row(r)), get(A_COLUMN))),
          each(vectors, (v) => set(sum(r, v), f32x4.add(get(sum(r, v)), f32x4.mul(get(element), get(column(v)))))),
        ]),
      ]),
      each(rows, (r) => [
        each(vectors, (v) =>
          [f64x2.promoteLow, f64x2.promoteHigh].map((promote, half) => {
            const offset = 32 * v + 16 * half;
            return [get(Y), v128.store(offset, f64x2.add(v128.load(offset, get(Y)), promote(get(sum(r, v)))))];
          }),
        ),
        set(Y, i32.add(get(Y), get(Y_ROW))),
      ]),
    ],
  };
}
