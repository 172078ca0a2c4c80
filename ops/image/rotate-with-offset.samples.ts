import type { SymLike } from '../../engine/index.ts';
import { type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { rotateWithOffset } from './rotate-with-offset.ts';

const tfGradIsWrong = 'it has none';
const row = (
  ...args: Parameters<typeof rotateWithOffset> extends [SymLike, ...infer Rest] ? Rest : never
): SampleOptions => ({
  build: ({ image }) => rotateWithOffset(image!, ...args),
  reference: (tf, [image]) => tf.image.rotateWithOffset(image as never, ...(args as [number])),
  tfGradIsWrong,
});
export const samples: readonly Sample[] = [
  sample({ image: uniform(['$n', 4, 4, 2]) }, row(0.7)),
  sample({ image: uniform(['$n', 3, 5, 1]) }, { ...row(-0.4, 1.5), note: 'a fill that is no whole number' }),
  sample({ image: uniform([1, 4, 3, 3]) }, { ...row(2.1, [0.1, 0.2, 0.3]), note: 'filled with a color' }),
  sample({ image: uniform([2, 3, 3, 4]) }, { ...row(0.5, [1, 2, 3]), note: 'and opacity' }),
  sample({ image: uniform([1, 3, 3, 4]) }, { ...row(0.5, 2), note: 'one fill for four channels' }),
  sample({ image: uniform(['$n', '$h', '$w', 3]) }, { ...row(0.7, [1, 2, 3]), note: 'of unknown sizes' }),
  sample({ image: uniform([1, 4, 5, 1]) }, { ...row(Math.PI / 6, 0, 0), note: 'around a corner' }),
  sample({ image: uniform([1, 4, 5, 1]) }, { ...row(1, 0.5, [0.2, 0.8]), note: 'around another place' }),
  sample({ image: uniform([1, 2, 3, 1]) }, { ...row(0), note: 'not at all' }),
  sample({ image: uniform([0, 2, 2, 1]) }, { ...row(1), note: 'zero elements' }),
];
