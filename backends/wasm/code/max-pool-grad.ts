/** The gradient of a window's maximum, for vectors of channels, in WebAssembly. */
import { type Code, f32x4, get, i32, i32x4, type Procedure, set, times, v128 } from './assembler.ts';

/**
 * Adds DY to the first maximum of a window, in row-major order, for each of VECTORS times 4 channels. Elements are COLUMN bytes apart along
 * a row; ROW_REST and SLAB_REST lead from the end of a row or slab of the window to the next one.
 */
export function maxPoolGrad(): Procedure {
  const [DX, X, DY, VECTORS, SLABS, ROWS, COLUMNS, COLUMN, ROW_REST, SLAB_REST] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
  ] as const;
  const [slab, row, column, at] = [10, 11, 12, 13] as const;
  const [largest, position, first, value, mask, cotangent] = [14, 15, 16, 17, 18, 19] as const;
  const advance = (address: number, stride: Code): Code => set(address, i32.add(get(address), stride));

  /** Runs a body for each element of the window; `at` is its address, and `position` counts. */
  const walk = (start: number, body: Code): Code => [
    set(at, get(start)),
    set(position, v128.zero),
    set(slab, get(SLABS)),
    times(slab, [
      set(row, get(ROWS)),
      times(row, [
        set(column, get(COLUMNS)),
        times(column, [body, set(position, i32x4.add(get(position), i32x4.splat(1))), advance(at, get(COLUMN))]),
        advance(at, get(ROW_REST)),
      ]),
      advance(at, get(SLAB_REST)),
    ]),
  ];
  return {
    parameters: 10,
    locals: [...Array(4).fill('i32'), ...Array(6).fill('v128')] as Procedure['locals'],
    body: times(VECTORS, [
      set(largest, v128.load(0, get(X))),
      set(first, v128.zero),
      walk(X, [
        set(value, v128.load(0, get(at))),
        set(mask, f32x4.gt(get(value), get(largest))),
        set(largest, v128.select(get(value), get(largest), get(mask))),
        set(first, v128.select(get(position), get(first), get(mask))),
      ]),
      set(cotangent, v128.load(0, get(DY))),
      walk(DX, [
        get(at),
        v128.store(0, f32x4.add(v128.load(0, get(at)), v128.and(get(cotangent), i32x4.eq(get(first), get(position))))),
      ]),
      [DX, X, DY].map((address) => advance(address, i32.constant(16))),
    ]),
  };
}
