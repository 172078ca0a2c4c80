import { broadcastTo, defineOp, fillValue, type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { conj } from '../complex/conj.ts';
import { add } from './add.ts';
import { binary, inferBinary } from './binary.ts';
import { sub } from './sub.ts';

export const Multiply = defineOp({
  name: 'Multiply',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferBinary(a, b, ['float32', 'int32', 'complex64']),
  lowering: [{ kind: 'expression', expr: ({ a, b }) => scalar.mul(a, b) }, { kind: 'kernel' }],
  traits: { elementwise: true, commutative: true, linear: ['a', 'b'], finiteSlopes: true },
  parts: ({ a, b }) => ({
    re: sub(mul(a.re, b.re), mul(a.im, b.im)),
    im: add(mul(a.re, b.im), mul(a.im, b.re)),
  }),
  simplify: ({ a, b }): Sym | undefined => {
    const one = fillValue(b) === 1 ? a : fillValue(a) === 1 ? b : undefined;
    return one ? broadcastTo(one, inferBinary(a, b)[0]!.shape) : (mergeFactors(a, b) ?? mergeFactors(b, a));
  },
  gradient: { a: ({ b }, { dy }) => mul(dy, conj(b)), b: ({ a }, { dy }) => mul(dy, conj(a)) },
});

/** c (d x) as (c d) x, if c or d is a power of two: such a product is exact within float32's range. */
function mergeFactors(factor: Sym, product: Sym): Sym | undefined {
  const c = fillValue(factor);
  if (c === undefined || product.node.op !== Multiply) return undefined;
  const [p, q] = product.node.inputs;
  const [inner, x] = fillValue(p!) === undefined ? [q!, p!] : [p!, q!];
  const d = fillValue(inner);
  const spread = factor.rank > 0 || inner.rank > 0 || factor.dtype !== 'float32';
  if (d === undefined || spread || !(isPowerOfTwo(c) || isPowerOfTwo(d))) return undefined;
  return isModerate(c * d) ? mul(c * d, x) : undefined;
}

const isModerate = (c: number): boolean => Math.abs(c) >= 2 ** -60 && Math.abs(c) <= 2 ** 60;
const isPowerOfTwo = (c: number): boolean => isModerate(c) && Number.isInteger(Math.log2(Math.abs(c)));

/** a * b, broadcast. */
export const mul = (a: SymLike, b: SymLike): Sym => binary(Multiply, a, b, 'int32');

export const doc: OpDoc = {
  summary: 'Product of two values, element by element (Hadamard).',
  forward: 'y = a \\odot b',
  gradient: { a: '\\bar y \\odot b^*', b: '\\bar y \\odot a^*' },
  source: 'CSE473, product rule (5.46); Rhodes, Hadamard product',
};
