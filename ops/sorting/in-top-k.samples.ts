import { integers, type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import { inTopK } from './in-top-k.ts';

const ROWS = [
  [20, 10, 40, 30],
  [30, 50, -20, 10],
  [7, 7, 7, 7],
];
/** A row whose reference compares the target with the positions of tf.topk. */
const row = (k: number): SampleOptions => ({
  build: ({ p, t }) => inTopK(p!, t!, k),
  reference: (tf, [p, t]) => tf.any(tf.equal(tf.topk(p!, k).indices, tf.expandDims(t!, -1)), -1),
  notDifferentiable: 'a comparison',
});
export const samples: readonly Sample[] = [
  sample({ p: values(ROWS), t: values([2, 0, 1], 'int32') }, row(1)),
  sample({ p: values(ROWS), t: values([3, 0, 1], 'int32') }, { ...row(2), note: 'a tie' }),
  sample({ p: uniform(['$n', 5]), t: integers(['$n'], 0, 5) }, row(3)),
  sample({ p: uniform([2, 3, 4]), t: integers([2, 3], 0, 4) }, { ...row(2), note: 'rank 3' }),
  sample({ p: values(ROWS), t: values([4, -1, 0], 'int32') }, { ...row(4), note: 'targets that are no position' }),
  sample({ p: uniform([0, 3]), t: integers([0], 0, 3) }, { ...row(1), note: 'zero elements' }),
];
