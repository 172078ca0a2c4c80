import { bools, integers, type Sample, sample, uniform } from '../sample.ts';
import { concat, concat1d, concat2d, concat3d, concat4d } from './concat.ts';

const parts = (...shapes: Parameters<typeof uniform>[0][]): Sample['inputs'] => ({
  inputs: shapes.map((s) => uniform(s)),
});
export const samples: readonly Sample[] = [
  sample(parts(['$n', 2], ['$n', 3]), { attrs: { axis: 1 } }),
  sample(parts(['$n', 2], ['$m', 2], [1, 2]), { attrs: { axis: 0 }, note: 'unknown sizes that differ' }),
  sample(parts([2, 1, 3], [2, 2, 3], [2, 0, 3]), {
    attrs: { axis: 1 },
    note: 'an inner axis, and a part without elements',
  }),
  sample(parts([3]), { attrs: { axis: 0 }, note: 'one part' }),
  sample(
    { a: uniform([2, 2]), b: integers([2, 1], -5, 5) },
    {
      build: ({ a, b }) => concat([a!, b!], -1),
      reference: (tf, [a, b]) => tf.concat([a!, tf.cast(b!, 'float32')], -1),
      tfjs: (tf, [a, b]) => tf.concat([a!, b!], -1),
      note: 'a negative axis, and an integer that is cast',
    },
  ),
  sample(
    { inputs: [integers([2, 2], -5, 5), integers([1, 2], -5, 5)] },
    { attrs: { axis: 0 }, notDifferentiable: 'integers' },
  ),
  sample({ inputs: [bools([2, 2]), bools([2, 1])] }, { attrs: { axis: 1 }, notDifferentiable: 'bools' }),
  sample(
    { a: uniform(['$n']), b: uniform([2]) },
    { build: ({ a, b }) => concat1d([a!, b!]), reference: (tf, [a, b]) => tf.concat1d([a, b] as never) },
  ),
  ...([2, 3, 4] as const).map((rank) => {
    const build = { 2: concat2d, 3: concat3d, 4: concat4d }[rank];
    return sample(
      { a: uniform(['$n', 2, 3, 1].slice(0, rank)), b: uniform(['$n', 1, 3, 1].slice(0, rank)) },
      {
        build: ({ a, b }) => build([a!, b!], 1),
        reference: (tf, [a, b]) => tf.concat([a!, b!], 1),
        note: `of rank ${rank}`,
      },
    );
  }),
];
