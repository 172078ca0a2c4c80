import { complexUniform, type Sample, type SampleOptions, sample } from '../sample.ts';

/** Rows of a transform of complex values: length one, even, odd and unknown lengths; every rank; no elements. */
export const transformSamples = (reference: SampleOptions['reference']): readonly Sample[] => [
  ...[1, 2, 3, 4, 5, 6].map((n) => sample({ input: complexUniform(['$n', n]) })),
  sample({ input: complexUniform([2, '$n']) }, { reference, note: 'an unknown length' }),
  sample({ input: complexUniform([5]) }, { reference, note: 'rank 1' }),
  sample({ input: complexUniform([2, 1, 3]) }, { reference, note: 'rank 3' }),
  sample({ input: complexUniform([0, 4]) }, { note: 'zero elements' }),
];
