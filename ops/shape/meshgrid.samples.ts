import { integers, type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { meshgrid } from './meshgrid.ts';

const row = (indexing: 'xy' | 'ij'): SampleOptions => ({
  build: ({ x, y }) => meshgrid(x!, y!, { indexing }),
  reference: (tf, [x, y]) => tf.meshgrid(x!, y!, { indexing }),
});
export const samples: readonly Sample[] = [
  sample({ x: uniform(['$n']), y: uniform([3]) }, row('xy')),
  sample({ x: uniform(['$n']), y: uniform(['$m']) }, row('ij')),
  sample({ x: uniform([2, 2]), y: uniform([3]) }, { ...row('xy'), note: 'a matrix counts as a vector' }),
  sample({ x: uniform([3]) }, { build: ({ x }) => meshgrid(x!), reference: (tf, [x]) => tf.meshgrid(x!), note: 'one' }),
  sample({ x: uniform([0]), y: uniform([3]) }, { ...row('xy'), note: 'zero elements' }),
  sample({ x: integers([2], -5, 5), y: integers([3], -5, 5) }, { ...row('ij'), notDifferentiable: 'integers' }),
];
