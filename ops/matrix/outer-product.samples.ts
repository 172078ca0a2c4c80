import { integers, type Sample, sample, uniform } from '../sample.ts';
import { outerProduct } from './outer-product.ts';

export const samples: readonly Sample[] = [
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
