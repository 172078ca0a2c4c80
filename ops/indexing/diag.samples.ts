import { cast } from '../../engine/index.ts';
import { integers, type Sample, sample, uniform } from '../sample.ts';
import { diag } from './diag.ts';

const tfGradIsWrong = 'it has none';
export const samples: readonly Sample[] = [
  sample({ x: uniform(['$n']) }, { tfGradIsWrong }),
  sample({ x: uniform([2, 3]) }, { tfGradIsWrong, note: 'rank 2' }),
  sample({ x: uniform([0]) }, { tfGradIsWrong, note: 'zero elements' }),
  sample(
    { x: uniform([]) },
    { tfGradIsWrong, reference: (tf, [x]) => tf.clone(x!), tfjs: (tf, [x]) => tf.diag(x!), note: 'a scalar' },
  ),
  sample({ x: integers([3], -5, 5) }, { notDifferentiable: 'integers' }),
  sample(
    { x: integers([3], 0, 2) },
    {
      notDifferentiable: 'integers',
      build: ({ x }) => diag(cast(x!, 'bool')),
      reference: (tf, [x]) => tf.diag(tf.cast(x!, 'bool')),
      note: 'bools',
    },
  ),
];
