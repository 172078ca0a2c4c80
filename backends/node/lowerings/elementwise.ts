/** Elementwise ops that TensorFlow has. Others are written by their expressions. */
import type { Sym } from '../../../engine/index.ts';
import type { TfType } from '../graph/attributes.ts';
import * as attr from '../graph/attributes.ts';
import { cast } from '../graph/expression.ts';
import { allFloat, type Lowering, type Lowerings, T } from './lowering.ts';

/** TensorFlow's op of that name, with only a type as its attribute. */
const named = (op: string): Lowering => ({
  write: (w, { outputs }, inputs) => w.op(op, inputs, T(inputs[0]!), outputs[0]!.dtype),
});
const floats = (op: string): Lowering => ({ ...named(op), when: allFloat });

const FLOATS = [
  'Acos',
  'Acosh',
  'Asin',
  'Asinh',
  'Atan',
  'Atan2',
  'Atanh',
  'Ceil',
  'Cos',
  'Cosh',
  'Erf',
  'Exp',
  'Expm1',
  'Floor',
  'IsFinite',
  'IsInf',
  'IsNan',
  'Log',
  'Log1p',
  'Pow',
  'RealDiv',
  'Reciprocal',
  'Relu',
  'Relu6',
  'Round',
  'Rsqrt',
  'Sigmoid',
  'Sin',
  'Sinh',
  'Softplus',
  'Sqrt',
  'Tan',
  'Tanh',
] as const;
const NUMBERS = ['Abs', 'Maximum', 'Minimum', 'Neg', 'Square', 'SquaredDifference', 'Sub'] as const;
const ORDERS = ['Greater', 'GreaterEqual', 'Less', 'LessEqual'] as const;

const each = (names: readonly string[], make: (op: string) => Lowering): Lowerings =>
  Object.fromEntries(names.map((name) => [name, make(name)]));

const equality = (op: string): Lowering => ({
  write: (w, _node, inputs) =>
    w.op(op, inputs, { ...T(inputs[0]!), incompatible_shape_error: attr.bool(true) }, 'bool'),
});
const logical = (op: string): Lowering => ({ write: (w, _node, inputs) => w.op(op, inputs, {}, 'bool') });

/** Whether it is the output of a relu, which is not negative. */
const isRelu = ({ node: { op } }: Sym): boolean => op.name === 'Relu';

export const elementwise: Lowerings = {
  ...each(FLOATS, floats),
  ...each(NUMBERS, named),
  ...each(ORDERS, named),
  Add: named('AddV2'),
  Cast: { write: (w, { outputs }, [x]) => cast(w, x!, outputs[0]!.dtype as TfType) },
  AddN: { write: (w, _node, inputs) => w.op('AddN', inputs, { ...T(inputs[0]!), N: attr.int(inputs.length) }) },
  Multiply: named('Mul'),
  BitwiseAnd: named('BitwiseAnd'),
  Equal: equality('Equal'),
  NotEqual: equality('NotEqual'),
  LogicalAnd: logical('LogicalAnd'),
  LogicalOr: logical('LogicalOr'),
  LogicalNot: logical('LogicalNot'),
  LeakyRelu: {
    when: ({ inputs, attrs }) => inputs[0]!.dtype === 'float32' && (attrs.alpha as number) <= 1,
    write: (w, { attrs }, [x]) => w.op('LeakyRelu', [x!], { ...T(x!), alpha: attr.float(attrs.alpha as number) }),
  },
  Step: {
    // sign(relu(x)), which is NaN for NaN as required
    when: ({ inputs, attrs }) => inputs[0]!.dtype === 'float32' && attrs.alpha === 0,
    write: (w, { inputs }, [x]) => {
      const floored = isRelu(inputs[0]!) ? x! : w.op('Relu', [x!], T(x!));
      return w.op('Sign', [floored], T(x!));
    },
  },
  Select: { write: (w, _node, [condition, a, b]) => w.op('SelectV2', [condition!, a!, b!], T(a!), a!.dtype) },
};
