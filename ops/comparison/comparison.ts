/** Shared definitions of comparisons and logical ops. */
import type { DType, Scalar, Sym, SymLike, TensorType } from '../../engine/index.ts';
import { defineOp, lift, ZERO } from '../../engine/index.ts';
import { inferBinary } from '../elementwise/binary.ts';
import { inferUnary } from '../elementwise/unary.ts';

/** The type of a comparison: bool, over broadcast operands. @throws DTypeError, ShapeError */
export const inferComparison = (a: TensorType, b: TensorType, allowed: readonly DType[]): readonly TensorType[] =>
  inferBinary(a, b, allowed, 'bool');

interface Comparison {
  readonly name: string;
  readonly dtypes: readonly DType[];
  readonly expr: (a: Scalar, b: Scalar) => Scalar;
  readonly commutative?: boolean;
}

/** Defines an elementwise comparison of two operands, broadcast. */
export const defineComparison = ({ name, dtypes, expr, commutative = false }: Comparison) =>
  defineOp({
    name,
    inputs: ['a', 'b'],
    infer: ({ a, b }) => inferComparison(a, b, dtypes),
    lowering: [{ kind: 'expression', expr: ({ a, b }) => expr(a, b) }, { kind: 'kernel' }],
    traits: { elementwise: true, commutative },
    gradient: { a: ZERO, b: ZERO },
  });

/** Defines an elementwise test of floats, such as isNaN. */
export const defineFiniteness = (name: string, expr: (x: Scalar) => Scalar) =>
  defineOp({
    name,
    inputs: ['x'],
    infer: ({ x }) => [{ dtype: 'bool', shape: inferUnary(x)[0]!.shape }],
    lowering: [{ kind: 'expression', expr: ({ x }) => expr(x) }, { kind: 'kernel' }],
    traits: { elementwise: true },
    gradient: { x: ZERO },
  });

interface LogicalOp {
  node(inputs: { readonly a: SymLike; readonly b: SymLike }): Sym;
}

/** A node over bools; literals become bools. */
export const logical = (op: LogicalOp, a: SymLike, b: SymLike): Sym =>
  op.node({ a: lift(a, 'bool'), b: lift(b, 'bool') });
