import { bools, integers, type Sample, sample, uniform } from '../sample.ts';

export const samples: readonly Sample[] = [
  sample(
    { x: uniform(['$n', 2, 4, 1]) },
    {
      attrs: {
        blockShape: [2, 2],
        paddings: [
          [0, 0],
          [0, 0],
        ],
      },
    },
  ),
  sample(
    { x: uniform(['$n', 3, 4]) },
    {
      attrs: {
        blockShape: [2, 3],
        paddings: [
          [0, 1],
          [1, 1],
        ],
      },
      note: 'padded',
    },
  ),
  sample({ x: uniform([2, '$h', 2]) }, { attrs: { blockShape: [2], paddings: [[0, 0]] }, note: 'an unknown size' }),
  sample(
    { x: uniform([1, 2, 2, 2, 1]) },
    {
      attrs: {
        blockShape: [1, 2, 2],
        paddings: [
          [1, 0],
          [0, 0],
          [0, 0],
        ],
      },
    },
  ),
  sample(
    { x: uniform([2, 4, 3]) },
    { attrs: { blockShape: [2], paddings: [[1, 1]] }, note: 'a rest of the dimensions' },
  ),
  sample({ x: uniform([0, 2, 2]) }, { attrs: { blockShape: [2], paddings: [[0, 0]] }, note: 'zero elements' }),
  sample(
    { x: integers([1, 4], -5, 5) },
    { attrs: { blockShape: [2], paddings: [[1, 1]] }, notDifferentiable: 'integers' },
  ),
  sample({ x: bools([1, 4]) }, { attrs: { blockShape: [2], paddings: [[1, 1]] }, notDifferentiable: 'bools' }),
];
