import {
  defineOp,
  integers,
  isZeroCotangent,
  type OpDoc,
  type Sym,
  type SymLike,
  sample,
  scalar,
  uniform,
} from '../../engine/index.ts';
import { binary, inferBinary } from './binary.ts';
import { neg } from './neg.ts';

export const Sub = defineOp({
  name: 'Sub',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferBinary(a, b, ['float32', 'int32', 'complex64']),
  lowering: [{ kind: 'expression', expr: ({ a, b }) => scalar.sub(a, b) }, { kind: 'kernel' }],
  traits: { elementwise: true, partwise: true, finiteSlopes: true },
  simplify: ({ a, b }) => (isZeroCotangent(b) && b.shape.length === 0 ? a : undefined),
  gradient: { a: (_inputs, { dy }) => dy, b: (_inputs, { dy }) => neg(dy) },
});

/** a - b, broadcast. */
export function sub(a: SymLike, b: SymLike): Sym {
  return binary(Sub, a, b, 'int32');
}

export const doc: OpDoc = {
  summary: 'Difference of two values, element by element.',
  forward: 'y = a - b',
  gradient: { a: '\\bar y', b: '-\\bar y' },
  source: 'CSE473, sum rule (5.47)',
};
export const samples = () => [
  sample({ a: uniform(['$n', 3]), b: uniform(['$n', 3]) }),
  sample({ a: uniform(['$n', 3]), b: uniform([3]) }),
  sample({ a: uniform([2, 1, 3]), b: uniform([4, 1]) }, { note: 'both broadcast' }),
  sample({ a: integers([4], -5, 5), b: integers([4], -5, 5) }, { notDifferentiable: 'integers' }),
];
