import {
  defineOp,
  integers,
  lift,
  type OpDoc,
  type Sym,
  type SymLike,
  sample,
  scalar,
  values,
  ZERO,
} from '../../engine/index.ts';
import { inferBinary } from './binary.ts';

export const BitwiseAnd = defineOp({
  name: 'BitwiseAnd',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferBinary(a, b, ['int32']),
  lowering: [{ kind: 'expression', expr: ({ a, b }) => scalar.and(a, b) }, { kind: 'kernel' }],
  traits: { elementwise: true, commutative: true },
  gradient: { a: ZERO, b: ZERO },
});

/** The bits that both integers have, broadcast. Literals are int32. @throws DTypeError, ShapeError */
export function bitwiseAnd(x: SymLike, y: SymLike): Sym {
  return BitwiseAnd.node({ a: lift(x, 'int32'), b: lift(y, 'int32') });
}

export const doc: OpDoc = {
  summary: 'The bits that two integers have in common.',
  forward: 'y = a \\mathbin{\\&} b',
  gradient: { a: 'zero', b: 'zero' },
  source: 'an integer carries no gradient',
};
const notDifferentiable = 'integers';
export const samples = () => [
  sample({ a: integers(['$n', 3], -99, 99), b: integers(['$n', 3], -99, 99) }, { notDifferentiable }),
  sample({ a: integers(['$n', 3], -99, 99), b: integers([3], -99, 99) }, { notDifferentiable, note: 'a row' }),
  sample(
    { a: integers([2, 1, 3], -99, 99), b: integers([4, 1], -99, 99) },
    { notDifferentiable, note: 'both broadcast' },
  ),
  sample({ a: integers([], -99, 99), b: integers([3], -99, 99) }, { notDifferentiable, note: 'a scalar' }),
  sample(
    { a: values([2147483647, -2147483648, -1], 'int32'), b: values([16777217, -1, 305419896], 'int32') },
    { notDifferentiable, wideIntegers: true, note: 'all 32 bits' },
  ),
  sample({ a: integers([0, 3], -9, 9), b: integers([1, 3], -9, 9) }, { notDifferentiable, note: 'zero elements' }),
];
