import type { Sym } from '../../engine/index.ts';
import { integers, type Sample, sample, values } from '../sample.ts';
import type { Axes } from '../shape/axis.ts';
import { reductionSamples } from './reduction.samples.ts';

/** Rows of max and min. */
export function extremumSamples(
  name: 'max' | 'min',
  build: (x: Sym, axis?: Axes, keepDims?: boolean) => Sym,
): readonly Sample[] {
  return [
    ...reductionSamples(build, {
      reference:
        (axis, keepDims) =>
        (tf, [x]) =>
          tf[name](x!, axis as number, keepDims),
    }),
    sample(
      {
        x: values([
          [1, 3, 3, 2],
          [-1, -1, -1, -1],
          [0, -2, 5, -7],
        ]),
      },
      {
        build: ({ x }) => build(x!, 1),
        reference: (tf, [x]) => tf[name](x!, 1),
        notDifferentiable: 'ties, which share equally',
      },
    ),
    sample(
      { x: integers(['$n', 5], -9, 9) },
      { build: ({ x }) => build(x!, 0), reference: (tf, [x]) => tf[name](x!, 0), notDifferentiable: 'integers' },
    ),
  ];
}
