import type { Sample } from '../sample.ts';
import { segmentSamples } from './sparse-segment.samples.ts';
import { sparseSegmentMean } from './sparse-segment-mean.ts';

export const samples: readonly Sample[] = segmentSamples('sparseSegmentMean', sparseSegmentMean);
