/**
 * Matrix products whose right operand is used under several shapes. The kernels cache a prepared XNNPACK operator by the operand's id
 * without its shape, so a [1, 16] that was multiplied as [16, 1] before gives a wrong product and reads out of bounds.
 */
import type { OwnKernel } from '../own-kernels.ts';
import { floatsOf, outputOf } from './heap.ts';

const PRODUCTS: readonly string[] = ['BatchMatMul', '_FusedMatMul'];

/** Copies a right operand that was prepared with another shape. */
export const matrixViews: readonly OwnKernel[] = PRODUCTS.map((op) => ({
  op,
  why: 'caches a prepared right operand without its shape',
  make: (backend, otherwise) => (inputs, attrs) => {
    const { b } = inputs;
    const rows = b!.shape.at(-2)!;
    const before = PREPARED.get(b!.dataId);
    if (before === undefined) PREPARED.set(b!.dataId, rows);
    if (before === undefined || before === rows) return otherwise(inputs, attrs);
    const copy = outputOf(backend, b!.shape);
    floatsOf(backend, copy).set(floatsOf(backend, b!));
    try {
      return otherwise({ ...inputs, b: copy }, attrs);
    } finally {
      backend.disposeData(copy.dataId);
    }
  },
}));

/** The number of rows of a right operand at its first use, which determines its shape. */
const PREPARED = new WeakMap<object, number>();
