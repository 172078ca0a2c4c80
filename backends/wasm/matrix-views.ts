/**
 * Matrix products whose right side is used under several shapes. The kernels keep a prepared XNNPACK operator for each right side,
 * by its id and not by its shape, so a [1, 16] that was multiplied as [16, 1] before gives a wrong product, read out of bounds.
 */
import type { OwnKernel } from '../own-kernels.ts';
import { floatsOf, outputOf } from './heap.ts';

const PRODUCTS: readonly string[] = ['BatchMatMul', '_FusedMatMul'];

/** A copy of a right side that was prepared under another shape. */
export const matrixViews: readonly OwnKernel[] = PRODUCTS.map((op) => ({
  op,
  why: 'keeps what it has prepared of a right side, whatever its shape',
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

/** How many rows a right side had when it was first used; the number of its elements does not change. */
const PREPARED = new WeakMap<object, number>();
