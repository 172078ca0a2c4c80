import {
  defineOp,
  integers,
  type OpDoc,
  type Sym,
  type SymLike,
  sample,
  scalar,
  uniform,
  values,
} from '../../engine/index.ts';
import { binary, binarySamples, inferBinary } from './binary.ts';
import { div } from './div.ts';
import { mul } from './multiply.ts';
import { neg } from './neg.ts';
import { round } from './round.ts';
import { sub } from './sub.ts';

export const Mod = defineOp({
  name: 'Mod',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferBinary(a, b, ['float32', 'int32']),
  lowering: [{ kind: 'expression', expr: ({ a, b }) => scalar.mod(a, b) }, { kind: 'kernel' }],
  traits: { elementwise: true },
  gradient: {
    a: (_inputs, { dy }) => dy,
    // the quotient without what is left of it is near the integer below, where rounding may have it pass for the one above
    b: ({ a, b }, { y, dy }) => neg(mul(dy, round(sub(div(a, b), div(y, b))))),
  },
});

/** What is left of a after division by b, with the sign of b, broadcast. */
export function mod(a: SymLike, b: SymLike): Sym {
  return binary(Mod, a, b, 'int32');
}

export const doc: OpDoc = {
  summary: 'Remainder of the division rounded down.',
  forward: 'y = a - b \\lfloor a / b \\rfloor',
  gradient: { a: '\\bar y', b: '-\\bar y \\odot \\lfloor a / b \\rfloor' },
  source: 'CSE473, product rule (5.46); jumps where b divides a are ignored',
};
export const samples = () => [
  ...binarySamples([2.2, 2.8], [1, 1.09]),
  sample(
    { a: uniform([4], -2.8, -2.2), b: uniform([4], 1, 1.09) },
    { note: 'negative: the remainder has the sign of the divisor' },
  ),
  sample({ a: integers([6], -9, 9), b: integers([6], 1, 5) }, { notDifferentiable: 'integers' }),
  sample(
    { a: values([5, -5, 0, -7, 7], 'int32'), b: values([0, 0, 0, 2, -2], 'int32') },
    { notDifferentiable: 'integers', note: 'what is left of a division by 0 is 0' },
  ),
];
