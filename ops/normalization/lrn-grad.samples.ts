import { type Sample, sample, uniform } from '../sample.ts';
import { localResponseNormalization } from './lrn.ts';
import { lrnGrad } from './lrn-grad.ts';

const tfGradIsWrong = 'it has none';
export const samples: readonly Sample[] = [
  sample(
    { x: uniform(['$n', 1, 2, 5]), y: uniform(['$n', 1, 2, 5]), dy: uniform(['$n', 1, 2, 5]) },
    { attrs: { depthRadius: 1, bias: 1.5, alpha: 0.7, beta: 0.75 }, tfGradIsWrong },
  ),
  sample(
    { x: uniform([1, 2, 1, 4]), y: uniform([1, 2, 1, 4]), dy: uniform([1, 2, 1, 4]) },
    { attrs: { depthRadius: 7 }, tfGradIsWrong, note: 'over all channels' },
  ),
  sample(
    { x: uniform([1, 1, 2, 4]), y: uniform([1, 1, 2, 4]), dy: uniform([1, 1, 2, 4]) },
    { attrs: { depthRadius: 1, beta: 1 }, tfGradIsWrong, note: 'a power that is an integer' },
  ),
  sample(
    { x: uniform([0, 1, 2, 3]), y: uniform([0, 1, 2, 3]), dy: uniform([0, 1, 2, 3]) },
    { tfGradIsWrong, note: 'zero elements' },
  ),
  sample(
    { x: uniform(['$n', 1, 1, 3]), dy: uniform(['$n', 1, 1, 3]) },
    {
      tfjs: (tf, [x, dy]) => {
        const attrs = { depthRadius: 1, bias: 1, alpha: 0.5, beta: 0.6 };
        const y = tf.localResponseNormalization(x as never, 1, 1, 0.5, 0.6);
        return tf.engine().runKernel('LRNGrad', { x: x!, y, dy: dy! }, attrs) as typeof y;
      },
      build: ({ x, dy }) => {
        const attrs = { depthRadius: 1, bias: 1, alpha: 0.5, beta: 0.6 };
        return lrnGrad(x!, localResponseNormalization(x!, 1, 1, 0.5, 0.6), dy!, attrs);
      },
      reference: (tf, [x, dy]) => tf.grad((v) => tf.localResponseNormalization(v as never, 1, 1, 0.5, 0.6))(x!, dy!),
      tfGradIsWrong,
      note: 'of what was normalized',
    },
  ),
];
