/** What unary elementwise ops share. */
import type { DType, Rules, Scalar, Sym, SymLike, TensorType, Traits } from '../../engine/index.ts';
import { cast, DTypeError, defineOp, lift, select, zeroCotangent } from '../../engine/index.ts';

/** Same shape and dtype, of one of the allowed dtypes. @throws DTypeError */
export function inferUnary(x: TensorType, allowed: readonly DType[] = ['float32']): readonly TensorType[] {
  if (!allowed.includes(x.dtype)) throw new DTypeError(`x is ${x.dtype}, not ${allowed.join(' or ')}`);
  return [{ dtype: x.dtype, shape: x.shape }];
}

interface UnaryDefinition {
  readonly name: string;
  /** Those that it takes, and gives: float32. */
  readonly dtypes?: readonly DType[];
  readonly expr: (x: Scalar) => Scalar;
  /** Besides being elementwise. */
  readonly traits?: Traits;
  readonly gradient: Rules<readonly ['x'], object, readonly ['y']>['x'];
}

/** Defines an elementwise op of one input, without attributes: an expression, and a kernel. */
export const defineUnary = ({ name, dtypes, expr, traits, gradient }: UnaryDefinition) =>
  defineOp({
    name,
    inputs: ['x'],
    infer: ({ x }) => inferUnary(x, dtypes),
    lowering: [{ kind: 'expression', expr: ({ x }) => expr(x) }, { kind: 'kernel' }],
    traits: { elementwise: true, ...traits },
    gradient: { x: gradient },
  });

/** An argument as float32, as tf casts it. */
export function float(x: SymLike): Sym {
  const sym = lift(x);
  return isIntegral(sym) ? cast(sym, 'float32') : sym;
}

/** Whether rounding leaves it as it is. */
export const isIntegral = ({ dtype }: TensorType): boolean => dtype === 'int32' || dtype === 'bool';

/** A cotangent where the condition holds, zero elsewhere. */
export const gate = (condition: Sym, dy: Sym): Sym =>
  select(condition, dy, zeroCotangent({ dtype: dy.dtype, shape: [] }));

/** A cotangent but where the condition holds, zero there. A comparison with NaN does not hold, so that a NaN is not lost. */
export const unless = (condition: Sym, dy: Sym): Sym =>
  select(condition, zeroCotangent({ dtype: dy.dtype, shape: [] }), dy);
