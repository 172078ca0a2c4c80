import type { Sym } from '../../engine/index.ts';
import { integers, type Sample, sample, uniform, values } from '../sample.ts';
import { embeddingLookup } from './embedding-lookup.ts';

const build = ({ params, ids }: Readonly<Record<string, Sym>>): Sym => embeddingLookup(params!, ids!);
export const samples: readonly Sample[] = [
  sample(
    { params: uniform([5, 2]), ids: integers(['$n', 3], 0, 5) },
    { build, reference: (tf, [params, ids]) => tf.gather(params!, ids as never) },
  ),
  sample(
    { params: uniform(['$n', 3]), ids: values([1, 0, 1], 'int32') },
    { build, reference: (tf, [params, ids]) => tf.gather(params!, ids as never), note: 'a table of unknown size' },
  ),
];
