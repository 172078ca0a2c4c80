/** Helpers for unary elementwise ops, and masked cotangents. */
import type { DType, Rules, Scalar, Sym, SymLike, TensorType, Traits } from '../../engine/index.ts';
import { cast, DTypeError, defineOp, lift, select, zeroCotangent } from '../../engine/index.ts';

/** The type of x, whose dtype must be in `allowed`. @throws DTypeError */
export function inferUnary(x: TensorType, allowed: readonly DType[] = ['float32']): readonly TensorType[] {
  if (!allowed.includes(x.dtype)) throw new DTypeError(`x is ${x.dtype}, not ${allowed.join(' or ')}`);
  return [{ dtype: x.dtype, shape: x.shape }];
}

interface UnaryDefinition {
  readonly name: string;
  /** The allowed dtypes; by default float32. */
  readonly dtypes?: readonly DType[];
  readonly expr: (x: Scalar) => Scalar;
  /** Traits besides `elementwise`. */
  readonly traits?: Traits;
  readonly gradient: Rules<readonly ['x'], object, readonly ['y']>['x'];
}

/** Defines an elementwise op of one input, without attributes, that has an expression and a kernel. */
export const defineUnary = ({ name, dtypes, expr, traits, gradient }: UnaryDefinition) =>
  defineOp({
    name,
    inputs: ['x'],
    infer: ({ x }) => inferUnary(x, dtypes),
    lowering: [{ kind: 'expression', expr: ({ x }) => expr(x) }, { kind: 'kernel' }],
    traits: { elementwise: true, ...traits },
    gradient: { x: gradient },
  });

/** An argument; int32 and bool are cast to float32, as in tf. */
export function float(x: SymLike): Sym {
  const sym = lift(x);
  return isIntegral(sym) ? cast(sym, 'float32') : sym;
}

/** Whether rounding a value leaves it unchanged. */
export const isIntegral = ({ dtype }: TensorType): boolean => dtype === 'int32' || dtype === 'bool';

/** `dy` where the condition is true, else 0. */
export const gate = (condition: Sym, dy: Sym): Sym =>
  select(condition, dy, zeroCotangent({ dtype: dy.dtype, shape: [] }));

/** 0 where the condition is true, else `dy`. Comparisons with NaN are false, so that a NaN keeps its cotangent. */
export const unless = (condition: Sym, dy: Sym): Sym =>
  select(condition, zeroCotangent({ dtype: dy.dtype, shape: [] }), dy);
