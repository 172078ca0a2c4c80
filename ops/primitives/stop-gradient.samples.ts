import { stopGradient } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { type Sample, sample, uniform } from '../sample.ts';

const notDifferentiable = 'its gradient is not its derivative: that is what it is for';
export const samples: readonly Sample[] = [
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
