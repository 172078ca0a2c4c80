/** What comparisons and logical ops share. */
import { type DType, lift, type Sym, type SymLike, type TensorType } from '../../engine/index.ts';
import { inferBinary } from '../elementwise/binary.ts';
import { inferUnary } from '../elementwise/unary.ts';

/** Types of a comparison: bool, over broadcast operands. @throws DTypeError, ShapeError */
export const inferComparison = (a: TensorType, b: TensorType, allowed: readonly DType[]): readonly TensorType[] =>
  inferBinary(a, b, allowed, 'bool');

interface LogicalOp {
  node(inputs: { readonly a: SymLike; readonly b: SymLike }): Sym;
}

/** The node over operands that are bools, or literals meant so. */
export const logical = (op: LogicalOp, a: SymLike, b: SymLike): Sym =>
  op.node({ a: lift(a, 'bool'), b: lift(b, 'bool') });

/** Type of isNaN and its like: bool, for floats. @throws DTypeError */
export function inferFiniteness(x: TensorType): readonly TensorType[] {
  return [{ dtype: 'bool', shape: inferUnary(x)[0]!.shape }];
}
