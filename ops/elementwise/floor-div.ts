import {
  broadcastTo,
  cast,
  defineOp,
  fillValue,
  integers,
  type OpDoc,
  type Sym,
  type SymLike,
  sample,
  scalar,
  uniform,
  values,
  ZERO,
} from '../../engine/index.ts';
import { binary, inferBinary } from './binary.ts';
import { RealDiv } from './div.ts';
import { floor } from './floor.ts';
import { float } from './unary.ts';

/** As in tfjs, the result is int32 whatever the operands are. */
export const FloorDiv = defineOp({
  name: 'FloorDiv',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferBinary(a, b, ['int32', 'float32'], 'int32'),
  lowering: [
    { kind: 'expression', expr: ({ a, b }) => scalar.cast(scalar.floorDiv(a, b), 'i32') },
    { kind: 'kernel' },
    { kind: 'composite', expand: ({ a, b }) => cast(floor(RealDiv.node({ a: float(a), b: float(b) })), 'int32') },
  ],
  traits: { elementwise: true },
  simplify: ({ a, b }): Sym | undefined =>
    a.dtype === 'int32' && fillValue(b) === 1 ? broadcastTo(a, inferBinary(a, b)[0]!.shape) : undefined,
  gradient: { a: ZERO, b: ZERO },
});

/** a / b rounded down, broadcast, as int32. An integer divided by 0 is 0. */
export function floorDiv(a: SymLike, b: SymLike): Sym {
  return binary(FloorDiv, a, b, 'int32');
}

export const doc: OpDoc = {
  summary: 'Quotient rounded down.',
  forward: 'y = \\lfloor a \\oslash b \\rfloor',
  gradient: { a: 'zero', b: 'zero' },
  source: 'constant between its jumps',
};
const notDifferentiable = 'an integer result';
export const samples = () => [
  sample({ a: integers(['$n', 3], -9, 9), b: integers([3], 1, 5) }, { notDifferentiable }),
  sample(
    { a: integers([2, 1, 3], -9, 9), b: integers([4, 1], -5, 0) },
    { notDifferentiable, note: 'both broadcast, negative divisors' },
  ),
  sample({ a: uniform(['$n', 3], 2.1, 2.9), b: uniform([3], -1, -0.9) }, { notDifferentiable, note: 'floats' }),
  sample({ a: integers([], -9, 9), b: integers([3], 1, 5) }, { notDifferentiable, note: 'a scalar' }),
  sample(
    { a: values([5, -5, 0, 7, -(2 ** 31)], 'int32'), b: values([0, 0, 0, -2, -1], 'int32') },
    { notDifferentiable, wideIntegers: true, note: 'a quotient by 0 is 0; one beyond int32 wraps' },
  ),
  sample({ a: integers([0, 3], -9, 9), b: integers([1, 3], 1, 5) }, { notDifferentiable, note: 'zero elements' }),
];
