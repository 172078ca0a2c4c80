import { integers, type Sample, sample, uniform, values } from '../sample.ts';

const attrs = { clipValueMin: -1, clipValueMax: 2 };
export const samples: readonly Sample[] = [
  sample(
    {
      x: values([
        [-3, -1.5, -0.5],
        [0, 1.5, 2.5],
      ]),
    },
    { attrs },
  ),
  sample({ x: uniform(['$n', 3], -0.9, 1.9) }, { attrs, note: 'inside' }),
  sample({ x: uniform(['$n', 3], 3, 4) }, { attrs, note: 'outside' }),
  sample({ x: uniform([], -0.9, 1.9) }, { attrs }),
  sample({ x: uniform([0, 2]) }, { attrs, note: 'zero elements' }),
  sample({ x: values([-2, 0.5, 3]) }, { attrs: { clipValueMin: 0, clipValueMax: Infinity }, note: 'one bound' }),
  sample({ x: values([-1, 2]) }, { attrs, notDifferentiable: 'kinks' }),
  sample({ x: integers([6], -5, 5) }, { attrs, notDifferentiable: 'integers' }),
  sample(
    { x: integers([6], -5, 5) },
    { attrs: { clipValueMin: -Infinity, clipValueMax: 2 }, notDifferentiable: 'integers', note: 'one bound' },
  ),
];
