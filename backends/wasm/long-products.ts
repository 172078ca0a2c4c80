/** `AddProduct` in WebAssembly. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { type AddProduct, addProduct } from '../long-products.ts';
import { codeOf } from './code/module.ts';

/** Columns of a tile: two vectors. */
const COLUMNS = 8;
/** Terms summed in float32 before their sum is added in double precision: their rounding error stays below 1e-6. */
const TERMS = 64;

/** `AddProduct` for matrices on the heap; in JavaScript without SIMD, or if the columns of b are not contiguous. */
export const addProductOf = (backend: KernelBackend): AddProduct => {
  const code = codeOf(backend)?.procedures;
  if (code === undefined) return addProduct;
  return (y, width, a, b, m, n, p) => {
    if (b.column !== 1) return addProduct(y, width, a, b, m, n, p);
    const right = b.elements.byteOffset + 4 * b.at;
    const left = a.elements.byteOffset + 4 * a.at;
    for (let k = 0; k < n; k += TERMS) {
      const count = Math.min(TERMS, n - k);
      for (let i = 0; i < m; ) {
        const rows = i + 4 <= m ? 4 : 1;
        const [narrow, wide] = rows === 4 ? [code.tile41, code.tile42] : [code.tile11, code.tile12];
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
