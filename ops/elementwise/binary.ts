/** What binary elementwise ops share. */
import {
  broadcastShapes,
  cast,
  type DType,
  DTypeError,
  lift,
  type Sample,
  type SampleOptions,
  type Sym,
  type SymLike,
  sample,
  type TensorType,
  uniform,
  upcast,
} from '../../engine/index.ts';

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

type Range = readonly [low: number, high: number];

/**
 * Rows that every binary op has: equal shapes with an unknown batch, a row, a scalar, both broadcast, no elements.
 * @param a, b where the operands are drawn from
 * @param options of every row; `broadcastIsWrong`: why tf.grad is no witness where shapes are broadcast
 */
export function binarySamples(
  a: Range,
  b: Range,
  { broadcastIsWrong, ...options }: SampleOptions & { readonly broadcastIsWrong?: string } = {},
): readonly Sample[] {
  const broadcast = broadcastIsWrong === undefined ? options : { ...options, tfGradIsWrong: broadcastIsWrong };
  return [
    sample({ a: uniform(['$n', 3], ...a), b: uniform(['$n', 3], ...b) }, options),
    sample({ a: uniform(['$n', 3], ...a), b: uniform([3], ...b) }, broadcast),
    sample({ a: uniform([], ...a), b: uniform(['$n', 3], ...b) }, { ...broadcast, note: 'a scalar' }),
    sample({ a: uniform([2, 1, 3], ...a), b: uniform([4, 1], ...b) }, { ...broadcast, note: 'both broadcast' }),
    sample(
      { a: uniform([0, 3], ...a), b: uniform([1, 3], ...b) },
      { ...broadcast, note: 'zero elements', tfGradIsWrong: 'throws on a broadcast to no elements' },
    ),
  ];
}
