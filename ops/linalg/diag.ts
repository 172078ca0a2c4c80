import { integers, lift, type OpDoc, ShapeError, type Sym, type SymLike, sample, uniform } from '../../engine/index.ts';
import { onDiagonal } from '../matrix/diagonal.ts';

/** A matrix for each vector in the last dim: that on its diagonal, and zeros elsewhere. @throws ShapeError for a scalar */
export function diag(diagonal: SymLike): Sym {
  const x = lift(diagonal);
  if (x.rank < 1) throw new ShapeError('linalg.diag: a scalar is no diagonal');
  return onDiagonal(x);
}

export const doc: OpDoc = {
  summary: 'Diagonal matrices, one for each vector of a batch.',
  forward: 'y_{i j} = x_i \\mathbb 1(i = j)',
  gradient: { diagonal: '\\bar y_{i i}' },
  source: 'the adjoint of placing elements is taking them back',
};
export const samples = () => [
  sample(
    { x: uniform(['$b', 3]) },
    { build: ({ x }) => diag(x!), tfjs: null, reference: (tf, [x]) => tf.mul(tf.expandDims(x!, 2), tf.eye(3)) },
  ),
  sample(
    { x: uniform(['$n']) },
    {
      build: ({ x }) => diag(x!),
      reference: (tf, [x]) => tf.mul(x!, tf.eye(x!.shape[0]!)),
      tfjs: (tf, [x]) => tf.diag(x!),
      tfGradIsWrong: 'it has none',
      note: 'a vector of unknown size',
    },
  ),
  sample(
    { x: integers([2, 3], -5, 5) },
    {
      build: ({ x }) => diag(x!),
      tfjs: null,
      reference: (tf, [x]) => tf.mul(tf.expandDims(x!, 2), tf.eye(3, 3, undefined, 'int32')),
      notDifferentiable: 'integers',
    },
  ),
];
