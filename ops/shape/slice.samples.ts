import { bools, integers, type Sample, sample, uniform } from '../sample.ts';
import { slice, slice1d, slice2d, slice3d, slice4d } from './slice.ts';

export const samples: readonly Sample[] = [
  sample(
    { x: uniform(['$n', 4]) },
    { build: ({ x }) => slice(x!, [0, 1], [-1, 2]), reference: (tf, [x]) => tf.slice(x!, [0, 1], [-1, 2]) },
  ),
  sample(
    { x: uniform(['$n', 4]) },
    { build: ({ x }) => slice(x!, 1), reference: (tf, [x]) => tf.slice(x!, 1), note: 'the unknown axis, from 1 on' },
  ),
  sample({ x: uniform([3, 4, 2]) }, { attrs: { begin: [1, 0, 1], size: [2, 3, 1] } }),
  sample({ x: uniform([5]) }, { attrs: { begin: [0], size: [5] }, note: 'all of it' }),
  sample({ x: uniform([3, 4]) }, { attrs: { begin: [1, 2], size: [0, 2] }, note: 'zero elements' }),
  sample(
    { x: uniform([6, 2]) },
    {
      build: ({ x }) => slice(slice(x!, [1, 0], [4, 2]), [2, 1]),
      reference: (tf, [x]) => tf.slice(x!, [3, 1], [2, 1]),
      note: 'a slice of a slice',
    },
  ),
  sample({ x: integers([4, 3], -5, 5) }, { attrs: { begin: [1, 1], size: [2, 2] }, notDifferentiable: 'integers' }),
  sample({ x: bools([4, 3]) }, { attrs: { begin: [1, 1], size: [2, 2] }, notDifferentiable: 'bools' }),
  sample(
    { x: uniform(['$n']) },
    { build: ({ x }) => slice1d(x!, 1, 1), reference: (tf, [x]) => tf.slice1d(x as never, 1, 1) },
  ),
  ...([2, 3, 4] as const).map((rank) => {
    const [begin, size] = [[0, 1, 0, 1].slice(0, rank), [-1, 1, 2, 1].slice(0, rank)];
    const build = { 2: slice2d, 3: slice3d, 4: slice4d }[rank];
    return sample(
      { x: uniform(['$n', 3, 2, 2].slice(0, rank)) },
      {
        build: ({ x }) => build(x!, begin, size),
        reference: (tf, [x]) => tf.slice(x!, begin, size),
        note: `of rank ${rank}`,
      },
    );
  }),
];
