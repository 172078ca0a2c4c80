import type { Sym } from '../../engine/index.ts';
import { integers, type Sample, sample, values } from '../sample.ts';
import { confusionMatrix } from './confusion-matrix.ts';

const notDifferentiable = 'a number of occurrences';
const build = ({ labels, predictions }: Readonly<Record<string, Sym>>): Sym =>
  confusionMatrix(labels!, predictions!, 3);
export const samples: readonly Sample[] = [
  sample(
    { labels: values([0, 2, 2, 1, 2], 'int32'), predictions: values([0, 1, 2, 1, 2], 'int32') },
    { build, reference: (tf, [l, p]) => tf.math.confusionMatrix(l as never, p as never, 3), notDifferentiable },
  ),
  sample(
    { labels: integers(['$n'], 0, 4), predictions: integers(['$n'], -1, 3) },
    {
      build,
      reference: (tf, [l, p]) => tf.math.confusionMatrix(l as never, p as never, 3),
      notDifferentiable,
      note: 'an unknown number, and numbers that are no class',
    },
  ),
];
