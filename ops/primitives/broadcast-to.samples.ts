import { broadcastTo } from '../../engine/index.ts';
import { bools, integers, type Sample, type SampleOptions, sample, uniform } from '../sample.ts';

const row = (shape: readonly number[]): SampleOptions => ({
  build: ({ x }) => broadcastTo(x!, shape),
  reference: (tf, [x]) => tf.broadcastTo(x!, [...shape]),
});
export const samples: readonly Sample[] = [
  sample({ x: uniform([3]) }, row([2, 3])),
  sample({ x: uniform([2, 1, 3]) }, row([4, 2, 5, 3])),
  sample({ x: uniform([]) }, { ...row([2, 2]), note: 'a scalar' }),
  sample({ x: uniform([2, 3]) }, { ...row([2, 3]), note: 'its own shape' }),
  sample(
    { x: uniform([1, 3]) },
    {
      ...row([0, 3]),
      reference: null,
      tfjs: row([0, 3]).reference!,
      tfGradIsWrong: 'of another shape, as the value is',
      note: 'to no elements, where tf.broadcastTo returns x',
    },
  ),
  sample(
    { x: uniform(['$n', 1]), like: uniform(['$n', 3]) },
    {
      build: ({ x, like }) => broadcastTo(x!, like!.shape),
      reference: (tf, [x, like]) => tf.broadcastTo(x!, like!.shape),
      tfGradIsWrong: 'none for the value that only lends its shape',
      note: 'an unknown dim',
    },
  ),
  sample(
    { x: integers([3], -5, 5) },
    { attrs: { shape: [2, 3] }, notDifferentiable: 'integers', reference: row([2, 3]).reference! },
  ),
  sample(
    { x: bools([3]) },
    { attrs: { shape: [2, 3] }, notDifferentiable: 'bools', reference: row([2, 3]).reference! },
  ),
];
