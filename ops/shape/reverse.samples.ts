import { bools, integers, type Sample, sample, uniform } from '../sample.ts';
import { reverse, reverse1d, reverse2d, reverse3d, reverse4d } from './reverse.ts';

export const samples: readonly Sample[] = [
  sample({ x: uniform(['$n', 3]) }, { attrs: { dims: [1] } }),
  sample({ x: uniform(['$n', 3]) }, { attrs: { dims: [0] }, note: 'the unknown axis' }),
  sample(
    { x: uniform([2, 3, 4]) },
    {
      build: ({ x }) => reverse(x!, [-1, 0]),
      reference: (tf, [x]) => tf.reverse(x!, [-1, 0]),
      note: 'a negative axis',
    },
  ),
  sample(
    { x: uniform([2, 3]) },
    { build: ({ x }) => reverse(x!), reference: (tf, [x]) => tf.reverse(x!), note: 'all axes' },
  ),
  sample(
    { x: uniform([2, 3]) },
    {
      build: ({ x }) => reverse(reverse(x!, 1), 1),
      reference: (tf, [x]) => tf.clone(x!),
      tfjs: (tf, [x]) => tf.reverse(tf.reverse(x!, 1), 1),
      note: 'twice',
    },
  ),
  sample({ x: uniform([]) }, { attrs: { dims: [] }, note: 'a scalar' }),
  sample({ x: uniform([0, 3]) }, { attrs: { dims: [1] }, note: 'zero elements' }),
  sample({ x: integers([5], -5, 5) }, { attrs: { dims: [0] }, notDifferentiable: 'integers' }),
  sample({ x: bools([3, 5]) }, { attrs: { dims: [1] }, notDifferentiable: 'bools' }),
  sample({ x: uniform(['$n']) }, { build: ({ x }) => reverse1d(x!), reference: (tf, [x]) => tf.reverse1d(x as never) }),
  ...([2, 3, 4] as const).map((rank) => {
    const build = { 2: reverse2d, 3: reverse3d, 4: reverse4d }[rank];
    return sample(
      { x: uniform(['$n', 3, 2, 2].slice(0, rank)) },
      {
        build: ({ x }) => build(x!, [0, -1]),
        reference: (tf, [x]) => tf.reverse(x!, [0, -1]),
        note: `of rank ${rank}`,
      },
    );
  }),
];
