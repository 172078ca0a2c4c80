import type { Sym, SymLike } from '../../engine/index.ts';
import { integers, type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import type { SegmentOptions } from './sparse-segment.ts';

/** Rows of a sum or mean: (data, indices, ids) of an op with an attribute `numSegments`. */
export function segmentSamples(
  name: 'sparseSegmentSum' | 'sparseSegmentMean',
  build: (data: Sym, indices: SymLike, ids: SymLike, options?: SegmentOptions) => Sym,
): readonly Sample[] {
  const ids = values([0, 0, 1, 3], 'int32');
  const reference: NonNullable<SampleOptions['reference']> = (tf, [data, indices, segmentIds]) =>
    tf.sparse[name](data!, indices as never, segmentIds as never);
  const tfGradIsWrong = 'it has none';
  const options = { attrs: { numSegments: 4 }, reference, tfGradIsWrong };
  return [
    sample({ data: uniform([5, 3]), indices: values([0, 2, 2, 4], 'int32'), segmentIds: ids }, options),
    sample({ data: uniform(['$n', 2]), indices: values([0, 1, 1, 0], 'int32'), segmentIds: ids }, options),
    sample({ data: uniform([5]), indices: integers([4], 0, 5), segmentIds: ids }, { ...options, note: 'a vector' }),
    sample(
      { data: uniform([5, 2]), indices: integers(['$n'], 0, 5), segmentIds: integers(['$n'], 0, 1) },
      { ...options, attrs: { numSegments: 1 }, note: 'an unknown number' },
    ),
    sample(
      { data: uniform([5, 2]), indices: integers([4], 0, 5) },
      {
        build: ({ data, indices }) => build(data!, indices!, [0, 0, 1, 3]),
        reference: (tf, [data, indices]) => tf.sparse[name](data!, indices as never, [0, 0, 1, 3]),
        tfGradIsWrong,
        note: 'constant ids, which say how many segments there are',
      },
    ),
    sample(
      { data: uniform([4, 2]), indices: values([0, 2, 3], 'int32'), segmentIds: values([1, 0, 1], 'int32') },
      {
        build: ({ data, indices, segmentIds }) => build(data!, indices!, segmentIds!, { numSegments: 3 }),
        reference: (tf, [data]) =>
          tf.concat([tf.sparse[name](data!, [2, 0, 3] as never, [0, 1, 1] as never), tf.zeros([1, 2])]),
        tfjs: reference,
        tfGradIsWrong,
        note: 'ids in any order, and an empty segment behind',
      },
    ),
    sample(
      { data: uniform([4, 2]), indices: integers([0], 0, 4), segmentIds: integers([0], 0, 4) },
      {
        build: ({ data, indices, segmentIds }) => build(data!, indices!, segmentIds!, { numSegments: 2 }),
        reference: (tf) => tf.zeros([2, 2]),
        tfjs: null,
        note: 'no index, which says nothing of how many segments there are',
      },
    ),
  ];
}
