/** What max and min share. */
import { fill, integers, type Sample, type Sym, sample, select, sumAxes, values } from '../../engine/index.ts';
import type { greater } from '../comparison/greater.ts';
import type { less } from '../comparison/less.ts';
import { div } from '../elementwise/div.ts';
import { unless } from '../elementwise/unary.ts';
import type { Axes } from '../shape/axis.ts';
import { kept, reductionSamples } from './reduction.ts';

/**
 * The cotangent of an extremum's input: in equal shares to all elements that are the extremum, so that they do not lose against it.
 * Against a NaN none does.
 */
export function shareAmongExtremes(
  x: Sym,
  y: Sym,
  dy: Sym,
  axis: readonly number[],
  loses: typeof less | typeof greater,
): Sym {
  const others = loses(x, kept(y, x, axis));
  return unless(others, div(kept(dy, x, axis), sumAxes(select(others, 0, fill([], 1)), axis, true)));
}

/** Rows of max or min. */
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
