import { distinct, integers, type Sample, type SampleOptions, sample, values } from '../sample.ts';
import { topk } from './topk.ts';

const tfGradIsWrong = 'it has none';
const row = (k: number, sorted = true): SampleOptions => ({
  build: ({ x }) => Object.values(topk(x!, k, sorted)),
  reference: (tf, [x]) => Object.values(tf.topk(x!, k)),
  tfGradIsWrong,
});
export const samples: readonly Sample[] = [
  sample({ x: distinct(['$n', 5]) }, row(2)),
  sample({ x: distinct([6]) }, { ...row(1), note: 'a vector' }),
  sample({ x: distinct([2, 3, 4]) }, { ...row(4), note: 'all of them, in order' }),
  sample({ x: distinct([2, 5]) }, { ...row(5, false), note: 'all of them, in any order' }),
  sample({ x: distinct([4]) }, { attrs: { k: 3, sorted: true }, tfGradIsWrong, note: 'by attributes' }),
  sample({ x: distinct([2, 4]) }, { ...row(0), note: 'none' }),
  sample(
    { x: distinct([3, '$n']) },
    {
      build: ({ x }) => topk(x!, 2).values,
      reference: (tf, [x]) => tf.topk(x!, 2).values,
      tfGradIsWrong,
      note: 'of unknown length',
    },
  ),
  sample({ x: distinct([0, 3]) }, { ...row(2), note: 'zero elements' }),
  sample(
    {
      x: values([
        [1, 3, 3, 2, 3],
        [0, 0, 0, 0, 0],
      ]),
    },
    { ...row(3), notDifferentiable: 'ties: the first positions' },
  ),
  sample({ x: integers(['$n', 5], -9, 9) }, { ...row(3), notDifferentiable: 'integers' }),
];
