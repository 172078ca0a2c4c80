import { integers, type Sample, sample, uniform, values } from '../sample.ts';

export const samples: readonly Sample[] = [
  sample({ x: uniform([5, 2]), segmentIds: values([2, 0, 2, 1, 0], 'int32') }, { attrs: { numSegments: 4 } }),
  sample(
    { x: uniform([4]), segmentIds: values([1, -1, 1, 0], 'int32') },
    { attrs: { numSegments: 2 }, note: 'a dropped value' },
  ),
  sample(
    { x: uniform(['$n', 3]), segmentIds: integers(['$n'], 0, 3) },
    { attrs: { numSegments: 3 }, note: 'an unknown number' },
  ),
  sample(
    {
      x: uniform([2, 3, 2]),
      segmentIds: values(
        [
          [0, 1, 0],
          [2, 2, 1],
        ],
        'int32',
      ),
    },
    {
      attrs: { numSegments: 3 },
      reference: (tf, [x, ids]) => tf.unsortedSegmentSum(tf.reshape(x!, [6, 2]), tf.reshape(ids!, [6]) as never, 3),
      tfjs: (tf, [x, ids]) => tf.unsortedSegmentSum(x!, ids as never, 3),
      tfGradIsWrong: 'throws for ids that are no vector, as the value does',
      note: 'ids of rank 2',
    },
  ),
  sample(
    { x: integers([4], -5, 5), segmentIds: integers([4], 0, 3) },
    { attrs: { numSegments: 3 }, notDifferentiable: 'integers' },
  ),
];
