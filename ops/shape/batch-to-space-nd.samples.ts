import { bools, integers, type Sample, sample, uniform } from '../sample.ts';

export const samples: readonly Sample[] = [
  sample(
    { x: uniform([8, 1, 2, 1]) },
    {
      attrs: {
        blockShape: [2, 2],
        crops: [
          [0, 0],
          [0, 0],
        ],
      },
    },
  ),
  sample(
    { x: uniform(['$n', 3, 2]) },
    { attrs: { blockShape: [2], crops: [[1, 2]] }, note: 'an unknown batch, which divides' },
  ),
  sample(
    { x: uniform([6, 2, 1, 2]) },
    {
      attrs: {
        blockShape: [3, 2],
        crops: [
          [1, 2],
          [0, 1],
        ],
      },
      note: 'cropped',
    },
  ),
  sample({ x: uniform([2, '$h', 2]) }, { attrs: { blockShape: [2], crops: [[1, 0]] }, note: 'an unknown size' }),
  sample(
    { x: uniform([4, 1, 2, 1, 1]) },
    {
      attrs: {
        blockShape: [2, 1, 2],
        crops: [
          [0, 0],
          [1, 0],
          [0, 0],
        ],
      },
    },
  ),
  sample(
    { x: uniform([2, 1, 3]) },
    {
      attrs: { blockShape: [2], crops: [[1, 1]] },
      note: 'zero elements are left',
    },
  ),
  sample(
    { x: integers([2, 3], -5, 5) },
    { attrs: { blockShape: [2], crops: [[1, 1]] }, notDifferentiable: 'integers' },
  ),
  sample({ x: bools([2, 3]) }, { attrs: { blockShape: [2], crops: [[1, 1]] }, notDifferentiable: 'bools' }),
];
