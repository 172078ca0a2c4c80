/** What unary elementwise ops share. */
import type { DType, Sym, SymLike, TensorType } from '../../engine/index.ts';
import { cast, DTypeError, lift, select, zeroCotangent } from '../../engine/index.ts';

/** Same shape and dtype, of one of the allowed dtypes. @throws DTypeError */
export function inferUnary(x: TensorType, allowed: readonly DType[] = ['float32']): readonly TensorType[] {
  if (!allowed.includes(x.dtype)) throw new DTypeError(`x is ${x.dtype}, not ${allowed.join(' or ')}`);
  return [{ dtype: x.dtype, shape: x.shape }];
}

/** An argument as float32, as tf casts it. */
export function float(x: SymLike): Sym {
  const sym = lift(x);
  return isIntegral(sym) ? cast(sym, 'float32') : sym;
}

/** Whether rounding leaves it as it is. */
export const isIntegral = ({ dtype }: TensorType): boolean => dtype === 'int32' || dtype === 'bool';

/** A cotangent where the condition holds, zero elsewhere. */
export function gate(condition: Sym, dy: Sym): Sym {
  return select(condition, dy, zeroCotangent({ dtype: dy.dtype, shape: [] }));
}

/** A cotangent but where the condition holds, zero there. A comparison with NaN does not hold, so that a NaN is not lost. */
export function unless(condition: Sym, dy: Sym): Sym {
  return select(condition, zeroCotangent({ dtype: dy.dtype, shape: [] }), dy);
}
