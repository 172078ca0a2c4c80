import type { Sym } from '../../engine/index.ts';
import { type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { gramSchmidt } from './gram-schmidt.ts';

const row: SampleOptions = {
  build: ({ xs }) => gramSchmidt(xs!),
  reference: (tf, [xs]) => tf.linalg.gramSchmidt(xs as never) as never,
};
export const samples: readonly Sample[] = [
  sample({ xs: uniform([3, 4]) }, row),
  sample({ xs: uniform([1, 3]) }, { ...row, tfGradIsWrong: 'throws for one vector', note: 'one vector' }),
  sample(
    { xs: uniform(['$b', 2, 3]) },
    {
      ...row,
      reference: (tf, [xs]) => tf.stack(tf.unstack(xs!).map((x) => tf.linalg.gramSchmidt(x as never) as never)),
      tfjs: row.reference!,
      tfGradIsWrong: 'of vectors across the batch, as the value is',
      note: 'a batch',
    },
  ),
  sample(
    { xs: [uniform([3]), uniform([3])] },
    {
      build: ({ xs }) => gramSchmidt(xs as unknown as readonly Sym[]),
      reference: (tf, xs) => tf.linalg.gramSchmidt([...xs] as never) as never,
      note: 'a list',
    },
  ),
  sample(
    { xs: uniform([0, 2, 2]) },
    {
      ...row,
      reference: (tf, [xs]) => tf.clone(xs!),
      tfjs: row.reference!,
      tfGradIsWrong: 'throws without elements',
      note: 'zero elements',
    },
  ),
];
