/** What unary elementwise ops share. */
import {
  type DType, DTypeError, type Sample, type Sym, type SymLike, type TensorType,
  cast, lift, sample, select, uniform, zeroCotangent,
} from '../../engine/index.ts';

/** Same shape and dtype, of one of the allowed dtypes. @throws DTypeError */
export function inferUnary(x: TensorType, allowed: readonly DType[] = ['float32']): readonly TensorType[] {
  if (!allowed.includes(x.dtype)) throw new DTypeError(`x is ${x.dtype}, not ${allowed.join(' or ')}`);
  return [{ dtype: x.dtype, shape: x.shape }];
}

/** An argument as float32, as tf casts it. */
export function float(x: SymLike): Sym {
  const sym = lift(x);
  return sym.dtype === 'int32' || sym.dtype === 'bool' ? cast(sym, 'float32') : sym;
}

/** A cotangent where the condition holds, zero elsewhere. */
export function gate(condition: Sym, dy: Sym): Sym {
  return select(condition, dy, zeroCotangent({ dtype: dy.dtype, shape: [] }));
}

/** Rows that every unary op of floats has, over values from [low, high): an unknown batch, a scalar, no elements. */
export function unarySamples(low: number, high: number): readonly Sample[] {
  return [
    sample({ x: uniform(['$n', 3], low, high) }),
    sample({ x: uniform([], low, high) }),
    sample({ x: uniform([0, 2], low, high) }, { note: 'zero elements' }),
  ];
}
