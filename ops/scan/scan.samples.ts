import type { Sym } from '../../engine/index.ts';
import { integers, type Sample, type SampleOptions, sample, uniform } from '../sample.ts';

/** Rows of a scan: every axis, exclusive or not, in both directions. */
export const scanSamples = (
  build: (x: Sym, axis: number) => Sym,
  name: 'cumsum' | 'cumprod',
  options: SampleOptions,
): readonly Sample[] => [
  ...[false, true].flatMap((exclusive) =>
    [false, true].map((reverse) =>
      sample({ x: uniform(['$n', 4]) }, { ...options, attrs: { axis: 1, exclusive, reverse } }),
    ),
  ),
  sample(
    { x: uniform(['$n', 3]) },
    { ...options, attrs: { axis: 0 }, note: 'the unknown axis', tfGradIsWrong: 'transposes by the wrong order' },
  ),
  sample(
    { x: uniform([2, 3, 4]) },
    {
      ...options,
      attrs: { axis: 1, exclusive: true },
      note: 'an inner axis',
      tfGradIsWrong: 'transposes by the wrong order',
    },
  ),
  sample({ x: uniform([3, 1]) }, { ...options, attrs: { axis: 1 }, note: 'one element' }),
  sample({ x: uniform([0, 3]) }, { ...options, attrs: { axis: 1 }, note: 'zero elements' }),
  sample(
    { x: integers(['$n', 4], -3, 3) },
    { ...options, attrs: { axis: 1, reverse: true }, notDifferentiable: 'integers' },
  ),
  sample(
    { x: uniform([2, 3]) },
    {
      ...options,
      build: ({ x }) => build(x!, -1),
      reference: null,
      tfjs: (tf, [x]) => tf[name](x!, -1),
      tfGradIsWrong: options.tfGradIsWrong ?? 'of another shape, as the value is',
      note: 'a negative axis, for which the cpu kernel loses the shape',
    },
  ),
];
