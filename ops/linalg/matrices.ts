/** Helpers for linear algebra: matrices are in the last two dims, after any batch dims. */
import type { Dim, Shape, Sym, SymLike, TensorType } from '../../engine/index.ts';
import {
  broadcastShapes,
  broadcastTo,
  DTypeError,
  fill,
  formatShape,
  iota,
  product,
  reshape,
  ShapeError,
  select,
} from '../../engine/index.ts';
import { greater } from '../comparison/greater.ts';
import { mul } from '../elementwise/multiply.ts';
import { sub } from '../elementwise/sub.ts';
import { float, gate } from '../elementwise/unary.ts';
import { eye } from '../indexing/eye.ts';
import { slice } from '../shape/slice.ts';
import { bandPart } from './band-part.ts';

export const batchOf = ({ shape }: { readonly shape: Shape }): Shape => shape.slice(0, -2);

/**
 * The numbers of rows and columns, for algorithms that loop over them.
 * @throws ShapeError unless both are known; DTypeError unless the dtype is float32
 */
export function requireMatrix(x: TensorType, what: string): readonly [rows: number, columns: number] {
  const [rows, columns] = x.shape.slice(-2);
  if (x.dtype !== 'float32') throw new DTypeError(`${what} is ${x.dtype}, not float32`);
  if (rows === undefined || columns === undefined)
    throw new ShapeError(`${what} has rank ${x.shape.length}: no matrix`);
  if (typeof rows !== 'number' || typeof columns !== 'number')
    throw new ShapeError(
      `${what} has the shape ${formatShape(x.shape)}: the rows and columns of a matrix must be known, the batch need not be`,
    );
  return [rows, columns];
}

/** The size of square matrices. @throws ShapeError, DTypeError */
export function requireSquare(x: TensorType, what: string): number {
  const [rows, columns] = requireMatrix(x, what);
  if (rows !== columns) throw new ShapeError(`${what} is ${rows} by ${columns}: not square`);
  return rows;
}

/** Applies an operation on a batch of matrices to any batch dims. */
export function overBatch(x: Sym, f: (x: Sym) => Sym): Sym {
  const y = f(asBatch(x));
  return reshape(y, [...batchOf(x), ...y.shape.slice(1)]);
}

/** Matrices with their batch dims merged into one. */
export const asBatch = (x: Sym): Sym => reshape(x, [product(batchOf(x)), ...x.shape.slice(-2)]);

/** Both operands as floats, broadcast to a common batch. @throws ShapeError */
export function withCommonBatch(a: SymLike, b: SymLike): readonly [Sym, Sym] {
  const [x, y] = [float(a), float(b)];
  if (x.rank < 2 || y.rank < 2) throw new ShapeError(`matrices are wanted, not values of rank ${x.rank} and ${y.rank}`);
  const batch = broadcastShapes(batchOf(x), batchOf(y));
  return [broadcastTo(x, [...batch, ...x.shape.slice(-2)]), broadcastTo(y, [...batch, ...y.shape.slice(-2)])];
}

/** The same block of each matrix of one batch. */
export const block = (x: Sym, row: number, column: number, rows: Dim, columns: Dim): Sym =>
  slice(x, [0, row, column], [x.shape[0]!, rows, columns]);

// ---- triangles of square or other matrices

const below = (x: Sym): Sym => {
  const [rows, columns] = x.shape.slice(-2);
  return greater(reshape(iota(rows!), [rows!, 1]), iota(columns!));
};
/** With the diagonal. */
export const lowerPart = (x: Sym): Sym => bandPart(x, -1, 0);
/** With the diagonal. */
export const upperPart = (x: Sym): Sym => bandPart(x, 0, -1);
export const strictlyLower = (x: Sym): Sym => gate(below(x), x);
/** The lower triangle with half of the diagonal: its sum with its transpose is the symmetric matrix. */
export const halfLower = (x: Sym): Sym => sub(lowerPart(x), mul(bandPart(x, 0, 0), 0.5));
/** The triangle below the diagonal, with ones on the diagonal. */
export const unitLower = (x: Sym): Sym => select(below(x), x, eye(x.shape.at(-2)!, x.shape.at(-1)!));
export const zeroBlock = (x: Sym, rows: Dim, columns: Dim): Sym => fill([x.shape[0]!, rows, columns], 0);
