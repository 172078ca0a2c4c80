import { bools, integers, type OpDoc, product, reshape, sample, uniform } from '../../engine/index.ts';

export { Reshape, reshape } from '../../engine/index.ts';

export const doc: OpDoc = {
  summary: 'The same elements under another shape.',
  forward: 'y = x',
  gradient: { x: '\\bar y' },
  source: 'CSE473, section 5.4: gradients of matrices as vectors',
};
export const samples = () => [
  sample(
    { x: uniform(['$n', 6]) },
    { build: ({ x }) => reshape(x!, [-1, 2, 3]), reference: (tf, [x]) => tf.reshape(x!, [-1, 2, 3]) },
  ),
  sample(
    { x: uniform(['$n', 6]) },
    {
      build: ({ x }) => reshape(x!, [product(x!.shape)]),
      reference: (tf, [x]) => tf.reshape(x!, [-1]),
      note: 'a product of dims',
    },
  ),
  sample(
    { x: uniform([1, 1]) },
    { build: ({ x }) => reshape(x!, []), reference: (tf, [x]) => tf.reshape(x!, []), note: 'to a scalar' },
  ),
  sample({ x: uniform([0, 3]) }, { attrs: { shape: [3, 0] }, note: 'zero elements' }),
  sample({ x: integers([4], -5, 5) }, { attrs: { shape: [2, 2] }, notDifferentiable: 'integers' }),
  sample({ x: bools([4]) }, { attrs: { shape: [2, 2] }, notDifferentiable: 'bools' }),
];
