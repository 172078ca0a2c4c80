import { integers, type Sample, sample, values } from '../sample.ts';
import { segmentSamples } from './sparse-segment.samples.ts';
import { sparseSegmentSum } from './sparse-segment-sum.ts';

export const samples: readonly Sample[] = [
  ...segmentSamples('sparseSegmentSum', sparseSegmentSum),
  sample(
    { data: integers([4, 2], -5, 5), indices: integers([3], 0, 4), segmentIds: values([0, 1, 1], 'int32') },
    { attrs: { numSegments: 2 }, notDifferentiable: 'integers' },
  ),
];
