/**
 * Writes scalar expressions as TensorFlow's ops on whole tensors. Where these fail for operands that the reference defines
 * (engine/scalar/expression.ts), such as division by zero or large shift distances, the operands are replaced first.
 */

import type { Shape } from '../../../engine/index.ts';
import type { LinearScalar, Scalar, ScalarOp, ScalarType } from '../../../engine/scalar/expression.ts';
import { linearizeScalar } from '../../../engine/scalar/expression.ts';
import type { TfType } from './attributes.ts';
import * as attr from './attributes.ts';
import type { GraphWriter, Ref } from './writer.ts';

const TYPES: Readonly<Record<ScalarType, TfType>> = { f32: 'float32', i32: 'int32', u32: 'uint32', bool: 'bool' };

/**
 * Writes an expression of inputs, which broadcast.
 * @param shape the result's shape, for expressions of the element's index
 */
export function writeExpression(w: GraphWriter, expression: Scalar, inputs: readonly Ref[], shape: Shape): Ref {
  const { nodes, operands, results }: LinearScalar = linearizeScalar([expression]);
  const values: Ref[] = [];
  for (const [k, node] of nodes.entries()) {
    const args = operands[k]!.map((i) => values[i]!);
    values.push(writeNode(w, node, args, inputs, shape));
  }
  return values[results[0]!]!;
}

function writeNode(w: GraphWriter, node: Scalar, args: readonly Ref[], inputs: readonly Ref[], shape: Shape): Ref {
  switch (node.op) {
    case 'input':
      return inputs[node.index]!;
    case 'const':
      return w.scalar(node.value, TYPES[node.type]);
    case 'index':
      return indices(w, shape);
    case 'cast':
      return cast(w, args[0]!, TYPES[node.type]);
    default:
      return WRITE[node.op](w, args);
  }
}

/** The element's index in the flattened result. */
function indices(w: GraphWriter, shape: Shape): Ref {
  return w.once(`index ${shape.join()}`, () => {
    const dims = w.dims(shape);
    const count = w.op('Prod', [dims, w.ints([0])], {
      ...T(dims),
      Tidx: attr.type('int32'),
      keep_dims: attr.bool(false),
    });
    const flat = w.op('Range', [w.scalar(0), count, w.scalar(1)], { Tidx: attr.type('int32') });
    const words = convert(w, flat, 'uint32');
    return w.op('Reshape', [words, dims], { ...T(words), Tshape: attr.type('int32') });
  });
}

const T = (ref: Ref) => ({ T: attr.type(ref.dtype) });
const select = (w: GraphWriter, condition: Ref, a: Ref, b: Ref): Ref =>
  w.op('SelectV2', [condition, a, b], T(a), a.dtype);
const convert = (w: GraphWriter, x: Ref, to: TfType): Ref =>
  w.op('Cast', [x], { SrcT: attr.type(x.dtype), DstT: attr.type(to) }, to);
const compare = (
  op: 'Less' | 'LessEqual' | 'Greater' | 'GreaterEqual' | 'Equal' | 'NotEqual',
  w: GraphWriter,
  a: Ref,
  b: Ref,
): Ref => w.op(op, [a, b], T(a), 'bool');
const constantLike = (w: GraphWriter, x: Ref, value: number): Ref => w.scalar(value, x.dtype);

/** A cast by the reference's rules: floats saturate, and NaN becomes 0. */
export function cast(w: GraphWriter, x: Ref, to: TfType): Ref {
  if (x.dtype === to) return x;
  if (to === 'bool') return compare('NotEqual', w, x, constantLike(w, x, 0));
  if (x.dtype !== 'float32' || to === 'float32') return convert(w, x, to);
  const [low, high] = to === 'uint32' ? [0, 2 ** 32] : [-(2 ** 31), 2 ** 31];
  const inside = w.op(
    'LogicalAnd',
    [compare('GreaterEqual', w, x, constantLike(w, x, low)), compare('Less', w, x, constantLike(w, x, high))],
    {},
    'bool',
  );
  const whole = convert(w, select(w, inside, x, constantLike(w, x, 0)), to);
  const outside = select(
    w,
    compare('GreaterEqual', w, x, constantLike(w, x, high)),
    w.scalar(high - 1, to),
    select(w, compare('Less', w, x, constantLike(w, x, low)), w.scalar(low, to), w.scalar(0, to)),
  );
  return select(w, inside, whole, outside);
}

type WriteCall = (w: GraphWriter, args: readonly Ref[]) => Ref;

const same =
  (op: string): WriteCall =>
  (w, args) =>
    w.op(op, args, T(args[0]!));
const order =
  (op: Parameters<typeof compare>[0]): WriteCall =>
  (w, [a, b]) =>
    compare(op, w, a!, b!);
const isWhole = (x: Ref): boolean => x.dtype !== 'float32';

/** Integer division by zero is 0; TensorFlow fails for it. */
const division =
  (ofFloats: string, ofIntegers: string): WriteCall =>
  (w, [a, b]) => {
    if (!isWhole(a!)) return w.op(ofFloats, [a!, b!], T(a!));
    const zero = compare('Equal', w, b!, constantLike(w, b!, 0));
    const quotient = w.op(ofIntegers, [a!, select(w, zero, constantLike(w, b!, 1), b!)], T(a!));
    return select(w, zero, constantLike(w, a!, 0), quotient);
  };

/** TensorFlow has separate ops for bools and integers. */
const bitwise =
  (ofBools: WriteCall, ofWords: string): WriteCall =>
  (w, args) =>
    args[0]!.dtype === 'bool' ? ofBools(w, args) : w.op(ofWords, args, T(args[0]!));
const logical =
  (op: string): WriteCall =>
  (w, args) =>
    w.op(op, args, {}, 'bool');
const different: WriteCall = (w, [a, b]) => compare('NotEqual', w, a!, b!);

/** A shift by the distance modulo 32. */
const shift =
  (op: string): WriteCall =>
  (w, [a, b]) =>
    w.op(op, [a!, w.op('BitwiseAnd', [b!, constantLike(w, b!, 31)], T(b!))], T(a!));
const rotateLeft: WriteCall = (w, [a, b]) => {
  const by = w.op('BitwiseAnd', [b!, constantLike(w, b!, 31)], T(b!));
  const back = w.op('BitwiseAnd', [w.op('Sub', [constantLike(w, b!, 32), by], T(by)), constantLike(w, b!, 31)], T(by));
  return w.op('BitwiseOr', [w.op('LeftShift', [a!, by], T(a!)), w.op('RightShift', [a!, back], T(a!))], T(a!));
};

/** TensorFlow fails for negative powers of integers, which are 0 except for the bases 1 and -1 (undefined for 0). */
const pow: WriteCall = (w, [a, b]) => {
  if (!isWhole(a!)) return w.op('Pow', [a!, b!], T(a!));
  const negative = compare('Less', w, b!, constantLike(w, b!, 0));
  const power = w.op('Pow', [a!, w.op('Abs', [b!], T(b!))], T(a!));
  const unit = compare('LessEqual', w, w.op('Abs', [a!], T(a!)), constantLike(w, a!, 1));
  return select(w, negative, select(w, unit, power, constantLike(w, a!, 0)), power);
};

/** How each op is written. TensorFlow's Minimum and Maximum return NaN if either operand is NaN, as the reference requires. */
const WRITE: Readonly<Record<Exclude<ScalarOp, 'cast'>, WriteCall>> = {
  add: same('AddV2'),
  sub: same('Sub'),
  mul: same('Mul'),
  div: division('RealDiv', 'TruncateDiv'),
  floorDiv: division('FloorDiv', 'FloorDiv'),
  mod: division('FloorMod', 'FloorMod'),
  pow,
  min: same('Minimum'),
  max: same('Maximum'),
  atan2: same('Atan2'),
  neg: same('Neg'),
  abs: same('Abs'),
  floor: same('Floor'),
  ceil: same('Ceil'),
  round: same('Rint'),
  sqrt: same('Sqrt'),
  exp: same('Exp'),
  expm1: same('Expm1'),
  log: same('Log'),
  log1p: same('Log1p'),
  sin: same('Sin'),
  cos: same('Cos'),
  tan: same('Tan'),
  asin: same('Asin'),
  acos: same('Acos'),
  atan: same('Atan'),
  sinh: same('Sinh'),
  cosh: same('Cosh'),
  tanh: same('Tanh'),
  asinh: same('Asinh'),
  acosh: same('Acosh'),
  atanh: same('Atanh'),
  erf: same('Erf'),
  isNaN: (w, [a]) => w.op('IsNan', [a!], T(a!), 'bool'),
  eq: order('Equal'),
  ne: different,
  lt: order('Less'),
  le: order('LessEqual'),
  gt: order('Greater'),
  ge: order('GreaterEqual'),
  and: bitwise(logical('LogicalAnd'), 'BitwiseAnd'),
  or: bitwise(logical('LogicalOr'), 'BitwiseOr'),
  xor: bitwise(different, 'BitwiseXor'),
  not: bitwise(logical('LogicalNot'), 'Invert'),
  shiftLeft: shift('LeftShift'),
  shiftRight: shift('RightShift'),
  rotateLeft,
  select: (w, [condition, a, b]) => select(w, condition!, a!, b!),
};
