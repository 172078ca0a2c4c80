import { type OpDoc, sample, stopGradient, uniform } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';

export { StopGradient, stopGradient } from '../../engine/index.ts';

export const doc: OpDoc = {
  summary: 'The value itself; a constant to every gradient.',
  forward: 'y = x',
  gradient: { x: 'zero' },
  source: 'by definition',
};
const notDifferentiable = 'its gradient is not its derivative: that is what it is for';
export const samples = () => [
  sample({ x: uniform(['$n', 3]) }, { reference: (tf, [x]) => tf.clone(x!), tfjs: null, notDifferentiable }),
  sample(
    { x: uniform(['$n', 3]) },
    {
      build: ({ x }) => mul(x!, stopGradient(x!)),
      reference: (tf, [x]) => tf.mul(x!, x!),
      tfjs: null,
      notDifferentiable,
      note: 'x times x, held constant',
    },
  ),
];
