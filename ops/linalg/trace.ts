import { integers, type OpDoc, type Sym, type SymLike, sample, uniform } from '../../engine/index.ts';
import { sum } from '../reduction/sum.ts';
import { diagPart } from './diag-part.ts';

/** The sum of the main diagonal of each matrix in the last two dims. @throws ShapeError for what is no matrix */
export function trace(x: SymLike): Sym {
  return sum(diagPart(x), -1);
}

export const doc: OpDoc = {
  summary: 'Traces of matrices.',
  forward: 'y = \\sum_i x_{i i}',
  gradient: { x: '\\bar y I' },
  source: 'Giles, "Collected matrix derivative results for forward and reverse mode" (2008)',
};
export const samples = () => [
  sample(
    { x: uniform(['$b', 3, 3]) },
    { build: ({ x }) => trace(x!), tfjs: null, reference: (tf, [x]) => tf.sum(tf.mul(x!, tf.eye(3)), [1, 2]) },
  ),
  sample(
    { x: uniform(['$m', '$n']) },
    {
      build: ({ x }) => trace(x!),
      tfjs: null,
      reference: (tf, [x]) => tf.sum(tf.mul(x!, tf.eye(x!.shape[0]!, x!.shape[1]))),
      note: 'of unknown size',
    },
  ),
  sample(
    { x: integers([3, 2], -5, 5) },
    {
      build: ({ x }) => trace(x!),
      tfjs: null,
      reference: (tf, [x]) => tf.sum(tf.mul(x!, tf.eye(3, 2, undefined, 'int32'))),
      notDifferentiable: 'integers',
    },
  ),
];
