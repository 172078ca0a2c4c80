import type { Sym } from '../../engine/index.ts';
import { bools, integers, type Sample, sample, uniform } from '../sample.ts';
import { pad1d, pad2d, pad3d, pad4d } from './pad.ts';

export const samples: readonly Sample[] = [
  sample(
    { x: uniform(['$n', 3]) },
    {
      attrs: {
        paddings: [
          [0, 0],
          [1, 2],
        ],
      },
    },
  ),
  sample(
    { x: uniform(['$n', 3]) },
    {
      attrs: {
        paddings: [
          [2, 1],
          [0, 0],
        ],
      },
      note: 'the unknown axis',
    },
  ),
  sample(
    { x: uniform([2, 1, 3]) },
    {
      attrs: {
        paddings: [
          [1, 0],
          [0, 2],
          [1, 1],
        ],
        constantValue: -1.5,
      },
    },
  ),
  sample({ x: uniform([4]) }, { attrs: { paddings: [[0, 0]] }, note: 'nothing added' }),
  sample(
    { x: uniform([0, 2]) },
    {
      attrs: {
        paddings: [
          [1, 1],
          [0, 1],
        ],
        constantValue: 3,
      },
      note: 'zero elements',
    },
  ),
  sample(
    { x: integers([2, 2], -5, 5) },
    {
      attrs: {
        paddings: [
          [1, 0],
          [0, 1],
        ],
        constantValue: 7,
      },
      notDifferentiable: 'integers',
    },
  ),
  sample(
    { x: bools([2, 2]) },
    {
      attrs: {
        paddings: [
          [1, 0],
          [0, 1],
        ],
      },
      notDifferentiable: 'bools',
    },
  ),
  sample(
    { x: uniform(['$n']) },
    { build: ({ x }) => pad1d(x!, [1, 2], 5), reference: (tf, [x]) => tf.pad1d(x as never, [1, 2], 5) },
  ),
  ...([2, 3, 4] as const).map((rank) => {
    const paddings = (
      [
        [0, 0],
        [1, 0],
        [0, 2],
        [1, 1],
      ] as const
    ).slice(0, rank);
    const build = { 2: pad2d, 3: pad3d, 4: pad4d }[rank] as (x: Sym, p: never, value: number) => Sym;
    return sample(
      { x: uniform(['$n', 2, 1, 2].slice(0, rank)) },
      {
        build: ({ x }) => build(x!, paddings as never, 0.5),
        reference: (tf, [x]) => tf.pad(x!, paddings as never, 0.5),
        note: `of rank ${rank}`,
      },
    );
  }),
];
