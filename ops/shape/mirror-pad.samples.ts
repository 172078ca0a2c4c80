import { bools, integers, type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';

const tfGradIsWrong = 'it leaves the borders out';
const row = (
  shape: Parameters<typeof uniform>[0],
  paddings: [number, number][],
  options: SampleOptions = {},
): readonly Sample[] => {
  const hasBorders = !shape.includes(0) && paddings.flat().some((n) => n > 0);
  return (['reflect', 'symmetric'] as const).map((mode) =>
    sample({ x: uniform(shape) }, { attrs: { paddings, mode }, ...(hasBorders && { tfGradIsWrong }), ...options }),
  );
};
export const samples: readonly Sample[] = [
  sample({ x: values([1, 2, 3, 4]) }, { attrs: { paddings: [[1, 1]], mode: 'reflect' }, tfGradIsWrong }),
  ...row(
    ['$n', 4],
    [
      [0, 0],
      [1, 2],
    ],
  ),
  ...row(
    ['$n', 2],
    [
      [1, 1],
      [1, 0],
    ],
    { note: 'the unknown axis' },
  ),
  ...row([5], [[4, 3]], { note: 'nearly all of it' }),
  sample({ x: uniform([3]) }, { attrs: { paddings: [[3, 3]], mode: 'symmetric' }, tfGradIsWrong, note: 'all of it' }),
  ...row(
    [2, 3, 2],
    [
      [1, 0],
      [0, 2],
      [1, 1],
    ],
  ),
  ...row(
    [1, 2, 3, 2],
    [
      [0, 0],
      [1, 1],
      [2, 2],
      [0, 0],
    ],
    { note: 'images' },
  ),
  ...row(
    [1, 2, 1, 2, 2],
    [
      [0, 0],
      [1, 0],
      [0, 0],
      [0, 0],
      [1, 1],
    ],
    { note: 'five dimensions', tfjs: null, reference: null },
  ),
  ...row(
    [2, 2],
    [
      [0, 0],
      [0, 0],
    ],
    { note: 'nothing added' },
  ),
  ...row(
    [0, 3],
    [
      [0, 0],
      [1, 1],
    ],
    { note: 'zero elements' },
  ),
  sample(
    { x: integers([2, 3], -5, 5) },
    {
      attrs: {
        paddings: [
          [1, 1],
          [2, 0],
        ],
        mode: 'reflect',
      },
      notDifferentiable: 'integers',
    },
  ),
  sample(
    { x: bools([2, 3]) },
    {
      attrs: {
        paddings: [
          [1, 1],
          [2, 0],
        ],
        mode: 'symmetric',
      },
      notDifferentiable: 'bools',
    },
  ),
];
