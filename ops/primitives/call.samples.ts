import { customGradient } from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { cos } from '../elementwise/cos.ts';
import { mul } from '../elementwise/multiply.ts';
import { sin } from '../elementwise/sin.ts';
import { type Sample, sample, uniform } from '../sample.ts';

export const samples: readonly Sample[] = [
  sample(
    { x: uniform(['$n', 3]) },
    {
      build: ({ x }) => customGradient((a) => sin(a), [([a], { dy }) => mul(dy, cos(a!))])(x!),
      reference: (tf, [x]) => tf.sin(x!),
    },
  ),
  sample(
    { x: uniform(['$n', 3]), b: uniform([3]) },
    {
      build: ({ x, b }) =>
        customGradient(
          (p, q) => mul(p, add(p, q)),
          [([p, q], { dy }) => mul(dy, add(add(p!, p!), q!)), ([p], { dy }) => mul(dy, p!)],
        )(x!, b!),
      reference: (tf, [x, b]) => tf.mul(x!, tf.add(x!, b!)),
      note: 'two arguments, one broadcast',
    },
  ),
];
