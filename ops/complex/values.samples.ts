/** Rows that ops on complex values share. */
import { complexUniform, type Sample, type SampleOptions, sample } from '../sample.ts';

/** Complex values with an unknown batch, a scalar, rank 3, no elements. `input` is the name of the op's input. */
export const complexSamples = (input: string, options: SampleOptions = {}): readonly Sample[] => [
  sample({ [input]: complexUniform(['$n', 3]) }, options),
  sample({ [input]: complexUniform([]) }, { ...options, note: 'a scalar' }),
  sample({ [input]: complexUniform([2, '$n', 2]) }, { ...options, note: 'rank 3' }),
  sample({ [input]: complexUniform([0, 2]) }, { ...options, note: 'zero elements' }),
];
