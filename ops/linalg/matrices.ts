/** What linear algebra shares: matrices in the last two dims, with any batch before them. */
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
 * Rows and columns, for what is computed by an algorithm over them.
 * @throws ShapeError unless both are known; DTypeError for other than floats
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

/** An operation on matrices, for matrices with any batch: as one batch dim, and back. */
export function overBatch(x: Sym, f: (x: Sym) => Sym): Sym {
  const y = f(asBatch(x));
  return reshape(y, [...batchOf(x), ...y.shape.slice(1)]);
}

/** The same with one batch dim, whatever there was. */
export const asBatch = (x: Sym): Sym => reshape(x, [product(batchOf(x)), ...x.shape.slice(-2)]);

/** Floats with the same batch, to which each is broadcast. @throws ShapeError */
export function withCommonBatch(a: SymLike, b: SymLike): readonly [Sym, Sym] {
  const [x, y] = [float(a), float(b)];
  if (x.rank < 2 || y.rank < 2) throw new ShapeError(`matrices are wanted, not values of rank ${x.rank} and ${y.rank}`);
  const batch = broadcastShapes(batchOf(x), batchOf(y));
  return [broadcastTo(x, [...batch, ...x.shape.slice(-2)]), broadcastTo(y, [...batch, ...y.shape.slice(-2)])];
}

/** A block of each matrix of one batch. */
export const block = (x: Sym, row: number, column: number, rows: Dim, columns: Dim): Sym =>
  slice(x, [0, row, column], [x.shape[0]!, rows, columns]);

// ---- triangles of square or other matrices

const below = (x: Sym): Sym => {
  const [rows, columns] = x.shape.slice(-2);
  return greater(reshape(iota(rows!), [rows!, 1]), iota(columns!));
};
/** On and below the diagonal. */
export const lowerPart = (x: Sym): Sym => bandPart(x, -1, 0);
/** On and above it. */
export const upperPart = (x: Sym): Sym => bandPart(x, 0, -1);
/** Below it. */
export const strictlyLower = (x: Sym): Sym => gate(below(x), x);
/** On and below it, with half of the diagonal: the triangle of which, with its transpose, a symmetric matrix is the sum. */
export const halfLower = (x: Sym): Sym => sub(lowerPart(x), mul(bandPart(x, 0, 0), 0.5));
/** The part below the diagonal, and ones on it. */
export const unitLower = (x: Sym): Sym => select(below(x), x, eye(x.shape.at(-2)!, x.shape.at(-1)!));
/** Zeros of the type and batch of x. */
export const zeroBlock = (x: Sym, rows: Dim, columns: Dim): Sym => fill([x.shape[0]!, rows, columns], 0);
