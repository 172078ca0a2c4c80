import {
  broadcastTo,
  defineOp,
  fillValue,
  integers,
  lift,
  type OpDoc,
  type Sym,
  type SymLike,
  sample,
  scalar,
  uniform,
  upcast,
} from '../../engine/index.ts';
import { binary, binarySamples, inferBinary } from './binary.ts';
import { floorDiv } from './floor-div.ts';
import { mul } from './multiply.ts';
import { neg } from './neg.ts';

export const RealDiv = defineOp({
  name: 'RealDiv',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferBinary(a, b, ['float32']),
  lowering: [{ kind: 'expression', expr: ({ a, b }) => scalar.div(a, b) }, { kind: 'kernel' }],
  traits: { elementwise: true, linear: ['a'] },
  simplify: ({ a, b }): Sym | undefined =>
    fillValue(b) === 1 ? broadcastTo(a, inferBinary(a, b)[0]!.shape) : undefined,
  gradient: { a: ({ b }, { dy }) => div(dy, b), b: ({ b }, { y, dy }) => neg(mul(div(dy, b), y)) },
});

/** a / b, broadcast; of two integers their floorDiv, as in tf. */
export function div(a: SymLike, b: SymLike): Sym {
  const x = lift(a);
  const y = lift(b);
  return upcast(x.dtype, y.dtype) === 'int32' ? floorDiv(x, y) : binary(RealDiv, x, y, 'float32');
}

export const doc: OpDoc = {
  summary: 'Quotient of two values, element by element.',
  forward: 'y = a \\oslash b',
  gradient: { a: '\\bar y \\oslash b', b: '-\\bar y \\oslash b \\odot y' },
  source: 'CSE473, product rule (5.46) and chain rule (5.48)',
};
export const samples = [
  ...binarySamples([-2, 2], [0.5, 2]),
  sample({ a: uniform([4], -2, 2), b: uniform([4], -3, -1) }, { note: 'negative divisors' }),
  sample(
    { a: integers([6], -9, 9), b: integers([6], 1, 5) },
    {
      build: ({ a, b }) => div(a!, b!),
      reference: (tf, [a, b]) => tf.div(a!, b!),
      notDifferentiable: 'integers',
      note: 'rounded down',
    },
  ),
];
