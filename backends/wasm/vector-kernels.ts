/** Loops in WebAssembly of our own, with SIMD, on the memory of tfjs's instance. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { type AddProduct, addProduct } from '../long-products.ts';
import { type Code, f32x4, f64x2, get, i32, moduleOf, type Procedure, set, times, v128 } from './assembler.ts';

/** Columns of a tile: two vectors. */
const COLUMNS = 8;
/** Terms that are added up in float32 before they are added to the rest in double precision: no rounding of theirs comes to 1e-6. */
const TERMS = 64;

/**
 * Adds products of so many rows of a matrix and 4 or 8 columns of another to doubles. Addresses and distances are in bytes. The loop, in
 * words: load the columns of a row of b; for each row of a, its element times these, added to the row's sums; go on by a column of a and a
 * row of b.
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
            const at = 32 * v + 16 * half;
            return [get(Y), v128.store(at, f64x2.add(v128.load(at, get(Y)), promote(get(sum(r, v)))))];
          }),
        ),
        set(Y, i32.add(get(Y), get(Y_ROW))),
      ]),
    ],
  };
}

type Tile = (...numbers: readonly number[]) => void;
/** By rows and vectors of columns. */
type Kernels = Readonly<Record<'tile41' | 'tile42' | 'tile11' | 'tile12', Tile>>;

const ofBackend = new WeakMap<KernelBackend, Kernels>();

/** Gives a backend its kernels. @throws where there is no SIMD */
export async function addVectorKernels(backend: KernelBackend, memory: WebAssembly.Memory): Promise<void> {
  const procedures = { tile41: tile(4, 1), tile42: tile(4, 2), tile11: tile(1, 1), tile12: tile(1, 2) };
  const shared = !(memory.buffer instanceof ArrayBuffer);
  const { instance } = await WebAssembly.instantiate(moduleOf(procedures, shared), { env: { memory } });
  ofBackend.set(backend, instance.exports as unknown as Kernels);
}

/** Of matrices on the heap. In JavaScript where there is no SIMD, and where columns are apart. */
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
