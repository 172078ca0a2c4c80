import {
  bools,
  integers,
  lift,
  type OpDoc,
  ShapeError,
  type Sym,
  type SymLike,
  sample,
  uniform,
} from '../../engine/index.ts';
import { diagonalOf } from '../matrix/diagonal.ts';

/** The main diagonal of each matrix in the last two dims. @throws ShapeError for what is no matrix */
export function diagPart(input: SymLike): Sym {
  const x = lift(input);
  if (x.rank < 2) throw new ShapeError(`diagPart: a value of rank ${x.rank}`);
  return diagonalOf(x);
}

export const doc: OpDoc = {
  summary: 'The diagonals of matrices.',
  forward: 'y_i = x_{i i}',
  gradient: { input: '\\bar y_i \\mathbb 1(i = j)' },
  source: 'the adjoint of taking elements is placing them',
};
export const samples = () => [
  sample(
    { x: uniform(['$b', 3, 3]) },
    { build: ({ x }) => diagPart(x!), tfjs: null, reference: (tf, [x]) => tf.sum(tf.mul(x!, tf.eye(3)), -1) },
  ),
  sample(
    { x: uniform(['$m', '$n']) },
    {
      build: ({ x }) => diagPart(x!),
      tfjs: null,
      reference: (tf, [x]) => tf.sum(tf.mul(x!, tf.eye(x!.shape[0]!, x!.shape[1])), 1),
      note: 'of unknown size, wide',
    },
  ),
  sample(
    { x: uniform([2, 4, 2]) },
    {
      build: ({ x }) => diagPart(x!),
      tfjs: null,
      reference: (tf, [x]) => tf.sum(tf.mul(x!, tf.eye(4, 2)), 1),
      note: 'tall',
    },
  ),
  sample(
    { x: uniform([2, 0, 3]) },
    {
      build: ({ x }) => diagPart(x!),
      tfjs: null,
      reference: (tf) => tf.zeros([2, 0]),
      note: 'zero elements',
    },
  ),
  sample(
    { x: integers(['$n', 2, 2], -5, 5) },
    {
      build: ({ x }) => diagPart(x!),
      tfjs: null,
      reference: (tf, [x]) => tf.sum(tf.mul(x!, tf.eye(2, 2, undefined, 'int32')), -1),
      notDifferentiable: 'integers',
    },
  ),
  sample(
    { x: bools([3, 3]) },
    {
      build: ({ x }) => diagPart(x!),
      tfjs: null,
      reference: (tf, [x]) =>
        tf.cast(tf.sum(tf.mul(tf.cast(x!, 'int32'), tf.eye(3, 3, undefined, 'int32')), -1), 'bool'),
      notDifferentiable: 'bools',
    },
  ),
];
