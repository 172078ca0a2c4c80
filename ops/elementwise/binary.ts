/** What binary elementwise ops share. */
import type { DType, Sym, SymLike, TensorType } from '../../engine/index.ts';
import { broadcastShapes, cast, DTypeError, lift, upcast } from '../../engine/index.ts';

/** Types of an op over broadcast operands of one dtype, any or one of `allowed`; `result` where it differs. @throws DTypeError, ShapeError */
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

/** The node over operands upcast to one dtype, as tf does. A number is float32; `atLeast` raises bools. */
export function binary(op: BinaryOp, a: SymLike, b: SymLike, atLeast: DType = 'bool'): Sym {
  const x = lift(a);
  const y = lift(b);
  const dtype = upcast(atLeast, upcast(x.dtype, y.dtype));
  return op.node({ a: cast(x, dtype), b: cast(y, dtype) });
}
