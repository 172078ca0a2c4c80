import { reshape } from '../../engine/index.ts';
import type { PerAxis } from '../convolution/geometry.ts';
import { distinct, integers, type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import { maxPoolWithArgmax } from './max-pool-with-argmax.ts';
import { windowAttrs } from './pool-builder.ts';
import { tfMaximaAndPositions } from './pooling.samples.ts';

const row = (
  filterSize: PerAxis,
  strides: PerAxis,
  pad: 'same' | 'valid' | number,
  includeBatch: boolean,
  note: string,
): SampleOptions => {
  const attrs = windowAttrs(2, filterSize, strides, pad);
  return {
    build: ({ x }) => Object.values(maxPoolWithArgmax(x!, filterSize, strides, pad, includeBatch)),
    reference: (tf, [x]) => tfMaximaAndPositions(tf, attrs, x!, includeBatch),
    tfjs: 'kernel',
    tfGradIsWrong: 'it has none',
    note,
  };
};
export const samples: readonly Sample[] = [
  sample(
    { x: distinct(['$n', 4, 4, 2]) },
    {
      attrs: { filterSize: [2, 2], strides: [2, 2], pad: 'valid' },
      tfGradIsWrong: 'it has none',
      note: "tfjs's own",
    },
  ),
  sample({ x: distinct(['$n', 4, 3, 2]) }, row(2, 2, 'valid', true, 'with the batch')),
  sample({ x: distinct([2, 3, 3, 2]) }, row(2, [1, 2], 'same', false, 'padded')),
  sample({ x: distinct([1, 5, 4, 1]) }, row([2, 3], [2, 1], 1, true, 'padded on all sides, not square')),
  sample({ x: distinct([1, '$h', '$w', 1]) }, row(2, 1, 'same', true, 'unknown height and width')),
  sample({ x: uniform([1, 4, 4, 1], -3, -1) }, row(2, 2, 'valid', false, 'all negative')),
  sample(
    { x: values([0, 0, 2, 2, 0, 0, -1, 2, -3, -3, 1, 0, -3, -3, 0, 1].map((v) => [[v, 0]])) },
    {
      build: ({ x }) => Object.values(maxPoolWithArgmax(reshape(x!, [1, 4, 4, 2]), 2, 2, 'valid')),
      reference: (tf, [x]) =>
        tfMaximaAndPositions(tf, windowAttrs(2, 2, 2, 'valid'), tf.reshape(x!, [1, 4, 4, 2]), false),
      tfjs: (tf, [x]) => Object.values(tf.maxPoolWithArgmax(tf.reshape(x!, [1, 4, 4, 2]) as never, 2, 2, 'valid')),
      notDifferentiable: 'ties, which go to the first',
    },
  ),
  sample(
    { x: integers([1, 4, 4, 1], -9, 9) },
    { ...row(2, 2, 'same', false, 'integers'), notDifferentiable: 'integers' },
  ),
  sample(
    { x: uniform([0, 4, 4, 1]) },
    {
      attrs: { filterSize: [2, 2], strides: [2, 2], pad: 'valid' },
      tfGradIsWrong: 'it has none',
      note: 'zero elements',
    },
  ),
];
