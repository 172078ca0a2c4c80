import type { Sym } from '../../engine/index.ts';
import { distinct, integers, type Sample, sample, values } from '../sample.ts';

const notDifferentiable = 'an index';
export const argSamples = (name: 'argMax' | 'argMin', build: (x: Sym, axis?: number) => Sym): readonly Sample[] => [
  sample({ x: distinct(['$n', 4]) }, { attrs: { axis: 1 }, notDifferentiable }),
  sample({ x: distinct(['$n', 4]) }, { attrs: { axis: 0 }, notDifferentiable, note: 'the unknown axis' }),
  sample(
    { x: distinct([2, 3, 4]) },
    {
      build: ({ x }) => build(x!, -2),
      reference: (tf, [x]) => tf[name](x!, -2),
      notDifferentiable,
      note: 'a negative axis',
    },
  ),
  sample(
    {
      x: values([
        [2, 7, 7, 1],
        [-3, -3, -3, -3],
        [5, 0, 0, 5],
      ]),
    },
    { attrs: { axis: 1 }, notDifferentiable, note: 'ties: the first' },
  ),
  sample({ x: integers(['$n', 5], -9, 9) }, { attrs: { axis: 0 }, notDifferentiable, note: 'integers' }),
  sample({ x: distinct([0, 3]) }, { attrs: { axis: 1 }, notDifferentiable, note: 'zero elements' }),
];
