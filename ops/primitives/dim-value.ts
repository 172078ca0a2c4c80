import { dimValue, type OpDoc, product, sample, uniform } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';

export { DimValue, dimValue } from '../../engine/index.ts';

export const doc: OpDoc = {
  summary: 'A dim, known or not, as a scalar.',
  forward: 'y = n',
  gradient: {},
  source: 'a constant, once dims are bound',
};
export const samples = () => [
  sample(
    { x: uniform(['$n', 3]) },
    {
      build: ({ x }) => mul(x!, dimValue(product(x!.shape))),
      reference: (tf, [x]) => tf.mul(x!, x!.size),
      note: 'times the number of elements',
    },
  ),
];
