import { type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import { transform } from './transform.ts';

const tfGradIsWrong = 'it has none';
/** Transforms images one by one: tfjs's cpu kernel ignores all but the first. */
const oneByOne =
  (...args: readonly unknown[]): NonNullable<SampleOptions['reference']> =>
  (tf, [image, transforms]) => {
    const n = image!.shape[0]!;
    const each = Array.from({ length: n }, (_, i) =>
      tf.image.transform(
        tf.slice(image!, [i, 0, 0, 0], [1, -1, -1, -1]) as never,
        tf.slice(transforms!, [transforms!.shape[0] === 1 ? 0 : i, 0], [1, 8]) as never,
        ...(args as []),
      ),
    );
    return n === 0 ? tf.zeros([0, 2, 2, 1]) : tf.concat(each);
  };
const TURNED = [0.9, 0.21, -0.73, -0.13, 1.12, 0.41, 0, 0];
const PROJECTED = [1.6, 0.17, -2.33, 0.31, 1.47, -2.29, 0.021, 0.013];
const row = (
  interpolation: 'nearest' | 'bilinear',
  fillMode: Parameters<typeof transform>[3],
  inputs: Sample['inputs'],
  note: string,
  outputShape?: readonly [number, number],
): Sample =>
  sample(inputs, {
    build: ({ image, transforms }) => transform(image!, transforms!, interpolation, fillMode, 0.7, outputShape),
    reference: oneByOne(interpolation, fillMode, 0.7, outputShape),
    tfjs: (tf, [image, transforms]) =>
      tf.image.transform(image as never, transforms as never, interpolation, fillMode, 0.7, outputShape as never),
    tfGradIsWrong,
    note,
  });
export const samples: readonly Sample[] = [
  ...(['nearest', 'bilinear'] as const).flatMap((interpolation) => [
    ...(['constant', 'reflect', 'wrap', 'nearest'] as const).map((fillMode) =>
      row(
        interpolation,
        fillMode,
        { image: uniform([2, 3, 4, 1]), transforms: values([TURNED, PROJECTED]) },
        `${interpolation}, ${fillMode}: a transform for each image`,
      ),
    ),
    ...(['reflect', 'wrap'] as const).map((fillMode) =>
      row(
        interpolation,
        fillMode,
        { image: uniform(['$n', 3, 2, 1]), transforms: values([[1, 0, 7.3, 0, 1, -8.4, 0, 0]]) },
        `${interpolation}, ${fillMode}: far away`,
        [2, 3],
      ),
    ),
  ]),
  sample(
    { image: uniform([1, 3, 4, 2]), transforms: values([TURNED]) },
    { attrs: { interpolation: 'bilinear' }, tfGradIsWrong, note: 'two channels' },
  ),
  row('bilinear', 'constant', { image: uniform(['$n', '$h', '$w', 1]), transforms: values([TURNED]) }, 'unknown sizes'),
  row('bilinear', 'reflect', { image: uniform([1, 1, 3, 1]), transforms: values([TURNED]) }, 'a single row, reflected'),
  row('bilinear', 'wrap', { image: uniform([1, 1, 3, 1]), transforms: values([TURNED]) }, 'a single row, wrapped'),
  row(
    'bilinear',
    'constant',
    { image: uniform([1, 3, 3, 1]), transforms: values([[1, 0, 0.2, 0, 1, 0.3, -0.5, 0]]) },
    'points at infinity',
  ),
  row('nearest', 'constant', { image: uniform([0, 2, 2, 1]), transforms: values([TURNED]) }, 'zero elements'),
];
