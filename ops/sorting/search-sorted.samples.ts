import { integers, values as literal, type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { lowerBound, searchSorted, upperBound } from './search-sorted.ts';

const notDifferentiable = 'an index';
const SEQUENCES = [
  [0, 3, 9, 9, 10],
  [1, 2, 3, 4, 5],
];
const SIDES = ['left', 'right'] as const;
const row = (side: (typeof SIDES)[number]): SampleOptions => {
  const tfjs: SampleOptions['reference'] = (tf, [s, v]) => tf.searchSorted(s!, v!, side);
  return { build: ({ s, v }) => searchSorted(s!, v!, side), reference: tfjs, tfjs, notDifferentiable };
};
export const samples: readonly Sample[] = [
  ...SIDES.map((side) =>
    sample(
      {
        sortedSequence: literal(SEQUENCES),
        values: literal([
          [2, 9, -1],
          [0, 3, 6],
        ]),
      },
      { attrs: { side }, notDifferentiable },
    ),
  ),
  ...SIDES.map((side) => sample({ s: literal(SEQUENCES), v: uniform([2, '$n'], -1, 11) }, row(side))),
  sample({ s: literal(SEQUENCES, 'int32'), v: integers([2, 4], -1, 11) }, { ...row('right'), note: 'integers' }),
  sample(
    { s: literal([1, 3, 5]), v: uniform(['$n', 2], 0, 6) },
    {
      ...row('left'),
      reference: (tf, [s, v]) => tf.reshape(tf.searchSorted(s!, tf.reshape(v!, [-1])), v!.shape),
      note: 'one sequence for all values',
    },
  ),
  sample(
    { s: literal([SEQUENCES, SEQUENCES]), v: uniform([2, 2, 3], 0, 6) },
    {
      ...row('left'),
      reference: (tf, [s, v]) => tf.reshape(tf.searchSorted(s!, v!), v!.shape),
      note: 'rank 3, which tfjs flattens',
    },
  ),
  sample(
    { s: literal([1, 3, 5]), v: integers([4], 0, 6) },
    {
      ...row('left'),
      reference: (tf, [s, v]) => tf.reshape(tf.searchSorted(s!, tf.cast(v!, 'float32')), [4]),
      note: 'integers among floats',
    },
  ),
  sample(
    { s: literal([1, 3, 3, 5]), v: literal([[3, 4]]) },
    {
      build: ({ s, v }) => [lowerBound(s!, v!), upperBound(s!, v!)],
      reference: (tf, [s, v]) => [tf.lowerBound(s!, v!), tf.upperBound(s!, v!)],
      notDifferentiable,
      note: 'lowerBound and upperBound',
    },
  ),
  sample(
    { s: uniform([2, 0]), v: uniform([2, 3]) },
    { ...row('left'), reference: (tf) => tf.zeros([2, 3], 'int32'), note: 'an empty sequence' },
  ),
];
