import { type OpDoc, type Sym, type SymLike, broadcastTo, defineOp, fillValue, integers, sample, scalar, uniform } from '../../engine/index.ts';
import { binary, inferBinary } from './binary.ts';

export const Multiply = defineOp({
  name: 'Multiply',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferBinary(a, b),
  lowering: [{ kind: 'expression', expr: ({ a, b }) => scalar.mul(a, b) }, { kind: 'kernel' }],
  traits: { elementwise: true, commutative: true, linear: ['a', 'b'] },
  simplify: ({ a, b }): Sym | undefined => {
    const { shape } = inferBinary(a, b)[0]!;
    if (fillValue(b) === 1) return broadcastTo(a, shape);
    return fillValue(a) === 1 ? broadcastTo(b, shape) : undefined;
  },
  gradient: { a: ({ b }, { dy }) => mul(dy, b), b: ({ a }, { dy }) => mul(dy, a) },
});

/** a * b, element by element, broadcast (the Hadamard product). */
export function mul(a: SymLike, b: SymLike): Sym {
  return binary(Multiply, a, b, 'int32');
}

export const doc: OpDoc = {
  summary: 'Product of two values, element by element (Hadamard).',
  forward: 'y = a \\odot b',
  gradient: { a: '\\bar y \\odot b', b: '\\bar y \\odot a' },
  source: 'CSE473, product rule (5.46); Rhodes, Hadamard product',
};
export const samples = [
  sample({ a: uniform(['$n', 3]), b: uniform(['$n', 3]) }),
  sample({ a: uniform(['$n', 3]), b: uniform([]) }, { note: 'a scalar' }),
  sample({ a: uniform([2, 1, 3]), b: uniform([4, 1]) }, { note: 'both broadcast' }),
  sample({ a: uniform([0, 3]), b: uniform([1, 3]) }, { note: 'zero elements' }),
  sample({ a: integers([4], -5, 5), b: integers([4], -5, 5) }, { notDifferentiable: 'integers' }),
];
