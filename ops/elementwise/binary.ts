/** Types and nodes of binary elementwise ops. */
import type { DType, Sym, SymLike, TensorType } from '../../engine/index.ts';
import { broadcastShapes, cast, DTypeError, lift, upcast } from '../../engine/index.ts';

/**
 * The type over broadcast operands of one dtype, which must be in `allowed`; `result` is the result's dtype.
 * @throws DTypeError, ShapeError
 */
export function inferBinary(
  a: TensorType,
  b: TensorType,
  allowed?: readonly DType[],
  result?: DType,
): readonly TensorType[] {
  if (a.dtype !== b.dtype) throw new DTypeError(`operands of ${a.dtype} and ${b.dtype}`);
  if (allowed?.includes(a.dtype) === false) throw new DTypeError(`operands of ${a.dtype}, not ${allowed.join(' or ')}`);
  return [{ dtype: result ?? a.dtype, shape: broadcastShapes(a.shape, b.shape) }];
}

interface BinaryOp {
  node(inputs: { readonly a: SymLike; readonly b: SymLike }): Sym;
}

/** A node over operands upcast to one dtype, at least `atLeast`, as in tf. A number is float32. */
export function binary(op: BinaryOp, a: SymLike, b: SymLike, atLeast: DType = 'bool'): Sym {
  const x = lift(a);
  const y = lift(b);
  const dtype = upcast(atLeast, upcast(x.dtype, y.dtype));
  return op.node({ a: cast(x, dtype), b: cast(y, dtype) });
}
