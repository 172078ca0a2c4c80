import { bools, integers, type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import { bandPart } from './band-part.ts';

const row = (numLower: number, numUpper: number): SampleOptions => ({
  build: ({ x }) => bandPart(x!, numLower, numUpper),
  reference: (tf, [x]) => tf.linalg.bandPart(x!, numLower, numUpper),
});
const tfGradIsWrong = 'throws for one matrix';
export const samples: readonly Sample[] = [
  ...[0, 1, -1].flatMap((lower) =>
    [0, 2, -1].map((upper) => sample({ x: uniform([4, 4]) }, { ...row(lower, upper), tfGradIsWrong })),
  ),
  sample({ x: uniform(['$b', 3, 4]) }, { ...row(1, 0), note: 'a batch' }),
  sample({ x: uniform([2, '$m', '$n']) }, { ...row(0, 1), note: 'matrices of unknown sizes' }),
  sample({ x: uniform([2, 2, 3, 2]) }, { ...row(-1, 0), note: 'two batch dims' }),
  sample(
    { input: uniform([3, 4]), numLower: values(1, 'int32'), numUpper: values(-1, 'int32') },
    {
      reference: (tf, [x, lower, upper]) => tf.linalg.bandPart(x!, lower as never, upper as never),
      tfGradIsWrong,
      note: 'numbers that the graph computes',
    },
  ),
  sample(
    { x: values([[Infinity, NaN, 1]]) },
    { ...row(0, 0), notDifferentiable: 'not finite', note: 'what is cut off may be anything' },
  ),
  sample(
    { x: uniform([2, 0, 3]) },
    {
      ...row(0, 0),
      reference: (tf) => tf.zeros([2, 0, 3]),
      tfjs: row(0, 0).reference!,
      tfGradIsWrong: 'throws without elements',
      note: 'zero elements',
    },
  ),
  sample({ x: integers(['$n', 3], -5, 5) }, { ...row(1, 0), notDifferentiable: 'integers' }),
  sample(
    { x: bools([3, 3]) },
    {
      ...row(0, 1),
      reference: (tf, [x]) => tf.cast(tf.linalg.bandPart(tf.cast(x!, 'int32'), 0, 1), 'bool'),
      tfjs: row(0, 1).reference!,
      notDifferentiable: 'bools',
    },
  ),
];
