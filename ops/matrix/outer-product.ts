import {
  integers,
  lift,
  type OpDoc,
  reshape,
  ShapeError,
  type Sym,
  type SymLike,
  sample,
  uniform,
} from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';

/** The products of all elements of one vector with all of another. @throws ShapeError for what is no vector */
export function outerProduct(v1: SymLike, v2: SymLike): Sym {
  const a = lift(v1);
  const b = lift(v2);
  if (a.rank !== 1 || b.rank !== 1) throw new ShapeError(`outerProduct: ranks ${a.rank} and ${b.rank}, not 1`);
  return mul(reshape(a, [a.shape[0]!, 1]), b);
}

export const doc: OpDoc = {
  summary: 'The outer product of two vectors.',
  forward: 'Y = a b^\\top',
  gradient: { v1: '\\bar Y b', v2: '\\bar Y^\\top a' },
  source: 'Auddy, eq. (18): the gradient of a matrix is an outer product',
};
export const samples = () => [
  sample(
    { v1: uniform(['$n']), v2: uniform([3]) },
    {
      build: ({ v1, v2 }) => outerProduct(v1!, v2!),
      reference: (tf, [a, b]) => tf.outerProduct(a as never, b as never),
    },
  ),
  sample(
    { v1: uniform([1]), v2: uniform(['$n']) },
    {
      build: ({ v1, v2 }) => outerProduct(v1!, v2!),
      reference: (tf, [a, b]) => tf.outerProduct(a as never, b as never),
      note: 'one element',
    },
  ),
  sample(
    { v1: uniform([0]), v2: uniform([2]) },
    {
      build: ({ v1, v2 }) => outerProduct(v1!, v2!),
      reference: (tf, [a, b]) => tf.outerProduct(a as never, b as never),
      note: 'zero elements',
    },
  ),
  sample(
    { v1: integers(['$n'], -5, 5), v2: integers([3], -5, 5) },
    {
      build: ({ v1, v2 }) => outerProduct(v1!, v2!),
      reference: (tf, [a, b]) => tf.mul(tf.expandDims(a!, 1), b!),
      tfjs: (tf, [a, b]) => tf.outerProduct(a as never, b as never),
      notDifferentiable: 'integers',
    },
  ),
];
