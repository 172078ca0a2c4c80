/** SIMD kernels in WebAssembly on the memory of tfjs's instance, made by assembler.ts. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { KernelTensor } from '../../engine/index.ts';
import { type AddProduct, addProduct, withDoubles } from '../long-products.ts';
import { LONG } from '../long-reductions.ts';
import { type Code, f32x4, f64, f64x2, get, i32, moduleOf, type Procedure, set, times, v128 } from './assembler.ts';
import { allocate, floatsOf, heapOf, memoryOf } from './heap.ts';
import { packColumns, packRows, panel } from './product-kernels.ts';

/** Columns of a tile: two vectors. */
const COLUMNS = 8;
/** Terms summed in float32 before their sum is added in double precision: their rounding error stays below 1e-6. */
const TERMS = 64;

/**
 * Adds the product of some rows of a and 4 or 8 columns of b to doubles. Addresses and strides are in bytes. Each iteration loads the
 * columns of a row of b, adds them times each row's element of a to the row's sums, and advances by a column of a and a row of b.
 */
function tile(rows: number, vectors: number): Procedure {
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

/** min(max(x, low), high) of vectors from one address to another; the bounds are passed as bits. NaN stays NaN. */
function clip(): Procedure {
  const [TO, FROM, COUNT, LOW, HIGH] = [0, 1, 2, 3, 4] as const;
  const [low, high] = [5, 6];
  return {
    parameters: 5,
    locals: ['v128', 'v128'],
    body: [
      set(low, f32x4.splatBits(get(LOW))),
      set(high, f32x4.splatBits(get(HIGH))),
      times(COUNT, [
        get(TO),
        v128.store(0, f32x4.pmin(f32x4.pmax(v128.load(0, get(FROM)), get(low)), get(high))),
        [TO, FROM].map((address) => set(address, i32.add(get(address), i32.constant(16)))),
      ]),
    ],
  };
}

/** Elements per step of a sum: four vectors. */
const STEP = 16;

/** Sums the first STEPS steps of each row, skipping REST bytes at its end, in eight independent lanes of doubles. */
function rowSums(): Procedure {
  const [Y, X, ROWS, STEPS, REST, COUNT] = [0, 1, 2, 3, 4, 5] as const;
  const lanes = [6, 7, 8, 9, 10, 11, 12, 13] as const;
  const loaded = 14;
  return {
    parameters: 5,
    locals: ['i32', ...Array(lanes.length + 1).fill('v128')] as Procedure['locals'],
    body: times(ROWS, [
      lanes.map((lane) => set(lane, v128.zero)),
      set(COUNT, get(STEPS)),
      times(COUNT, [
        [0, 1, 2, 3].map((i) => [
          set(loaded, v128.load(16 * i, get(X))),
          [f64x2.promoteLow, f64x2.promoteHigh].map((promote, half) => {
            const lane = lanes[2 * i + half]!;
            return set(lane, f64x2.add(get(lane), promote(get(loaded))));
          }),
        ]),
        set(X, i32.add(get(X), i32.constant(4 * STEP))),
      ]),
      set(
        loaded,
        lanes.slice(1).reduce<Code>((sum, lane) => f64x2.add(sum, get(lane)), get(lanes[0])),
      ),
      f64.store(0, get(Y), f64.add(f64x2.lane(get(loaded), 0), f64x2.lane(get(loaded), 1))),
      set(Y, i32.add(get(Y), i32.constant(8))),
      set(X, i32.add(get(X), get(REST))),
    ]),
  };
}

type Kernel = (...numbers: readonly number[]) => void;
/** Tiles by rows and vectors of columns. */
type Kernels = Readonly<Record<'clip' | 'rowSums' | 'tile11' | 'tile12' | 'tile41' | 'tile42', Kernel>>;

/** The code for panels of a width, see product-kernels.ts. */
type PanelCode = { readonly width: number } & Readonly<Record<'panel' | 'packRows' | 'packColumns', Kernel>>;
export interface ProductKernels {
  readonly narrow: PanelCode;
  readonly wide: PanelCode;
  /** The address of a buffer for a packed panel of LONG rows. */
  readonly packed: number;
  /** The address of a buffer for EDGE_ROWS rows of a panel. */
  readonly edge: number;
  /** The address of a panel's row of zeros. */
  readonly zeros: number;
}

const ofBackend = new WeakMap<KernelBackend, Kernels>();
const productsOf = new WeakMap<KernelBackend, ProductKernels>();

/** Rows of the buffer for a panel that is wider than the columns that are left. */
export const EDGE_ROWS = 64;

function productKernels(backend: KernelBackend, code: Readonly<Record<string, Kernel>>): ProductKernels {
  const panelCode = (vectors: number): PanelCode => ({
    width: 4 * vectors,
    panel: code[`panel${vectors}`]!,
    packRows: code[`packRows${vectors}`]!,
    packColumns: code[`packColumns${vectors}`]!,
  });
  const row = 32; // bytes of the wider panel's
  const packed = allocate(backend, row * (LONG + EDGE_ROWS + 1));
  const edge = packed + row * LONG;
  const zeros = edge + row * EDGE_ROWS;
  heapOf(backend).fill(0, zeros, zeros + row);
  return { narrow: panelCode(1), wide: panelCode(2), packed, edge, zeros };
}

/** The kernels of matrix products; undefined without SIMD. */
export const productKernelsOf = (backend: KernelBackend): ProductKernels | undefined => productsOf.get(backend);

/** Compiles the kernels for a backend. @throws WebAssembly.CompileError without SIMD */
export async function addVectorKernels(backend: KernelBackend, memory: WebAssembly.Memory): Promise<void> {
  const procedures = {
    tile41: tile(4, 1),
    tile42: tile(4, 2),
    tile11: tile(1, 1),
    tile12: tile(1, 2),
    rowSums: rowSums(),
    clip: clip(),
    ...Object.fromEntries(
      [1, 2].flatMap((vectors) => [
        [`panel${vectors}`, panel(vectors)],
        [`packRows${vectors}`, packRows(vectors)],
        [`packColumns${vectors}`, packColumns(vectors)],
      ]),
    ),
  };
  const shared = (memory.buffer as ArrayBufferLike)[Symbol.toStringTag] === 'SharedArrayBuffer';
  const { instance } = await WebAssembly.instantiate(moduleOf(procedures, shared), { env: { memory } });
  ofBackend.set(backend, instance.exports as unknown as Kernels);
  productsOf.set(backend, productKernels(backend, instance.exports as Record<string, Kernel>));
}

/** `AddProduct` for matrices on the heap; in JavaScript without SIMD, or if the columns of b are not contiguous. */
export const addProductOf = (backend: KernelBackend): AddProduct => {
  const kernels = ofBackend.get(backend);
  if (kernels === undefined) return addProduct;
  return (y, width, a, b, m, n, p) => {
    if (b.column !== 1) return addProduct(y, width, a, b, m, n, p);
    const right = b.elements.byteOffset + 4 * b.at;
    const left = a.elements.byteOffset + 4 * a.at;
    for (let k = 0; k < n; k += TERMS) {
      const count = Math.min(TERMS, n - k);
      for (let i = 0; i < m; ) {
        const rows = i + 4 <= m ? 4 : 1;
        const [narrow, wide] = rows === 4 ? [kernels.tile41, kernels.tile42] : [kernels.tile11, kernels.tile12];
        const from = left + 4 * (i * a.row + k * a.column);
        for (let j = 0; j < p; j += COLUMNS) {
          const run = p - j > 4 ? wide : narrow;
          const to = y.byteOffset + 8 * (i * width + j);
          run(to, 8 * width, from, 4 * a.row, 4 * a.column, right + 4 * (k * b.row + j), 4 * b.row, count);
        }
        i += rows;
      }
    }
  };
};

/** The bits of a float, as an i32. */
export const bits = (x: number): number => new Int32Array(Float32Array.of(x).buffer)[0]!;

/** Writes min(max(x, low), high) from one array on the heap to another; NaN stays NaN. In JavaScript without SIMD. */
export const clipOf =
  (backend: KernelBackend) =>
  (from: Float32Array, to: Float32Array, low: number, high: number): void => {
    const vectors = ofBackend.has(backend) ? from.length >> 2 : 0;
    if (vectors > 0) ofBackend.get(backend)!.clip(to.byteOffset, from.byteOffset, vectors, bits(low), bits(high));
    for (let i = 4 * vectors; i < from.length; i++) {
      const x = from[i]!;
      // biome-ignore lint/complexity/useMathMinMax: keeps -0, as the vector code does
      to[i] = x < low ? low : x > high ? high : x;
    }
  };

/** Sums of the first `taken` elements of each row; without SIMD, `taken` is 0. */
export interface FirstSums {
  readonly sums: Float64Array;
  readonly taken: number;
}

/** First sums of a tensor's rows of n elements. It allocates, so views of the heap are invalid afterwards. */
export function firstSumsOf(backend: KernelBackend, x: KernelTensor, rows: number, n: number): FirstSums {
  const kernels = ofBackend.get(backend);
  const steps = Math.floor(n / STEP);
  if (kernels === undefined || steps < 2 || rows === 0) return { sums: new Float64Array(rows), taken: 0 };
  const sums = withDoubles(backend, memoryOf(backend), rows, (y) => {
    kernels.rowSums(y.byteOffset, floatsOf(backend, x).byteOffset, rows, steps, 4 * (n % STEP));
    return y.slice();
  });
  return { sums, taken: steps * STEP };
}
