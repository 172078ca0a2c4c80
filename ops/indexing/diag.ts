import {
  fill,
  integers,
  lift,
  type OpDoc,
  product,
  reshape,
  type Sym,
  type SymLike,
  sample,
  select,
  uniform,
} from '../../engine/index.ts';
import { eye } from './eye.ts';

/** A value of twice the rank, with x on its diagonal and zeros elsewhere. */
export function diag(x: SymLike): Sym {
  const sym = lift(x);
  const n = product(sym.shape);
  const matrix = select(eye(n, n, [], 'bool'), reshape(sym, [n]), fill([], 0, sym.dtype));
  return reshape(matrix, [...sym.shape, ...sym.shape]);
}

export const doc: OpDoc = {
  summary: 'A diagonal matrix.',
  forward: 'y_{i j} = x_i \\mathbb 1(i = j)',
  gradient: { x: '\\bar y_{i i}' },
  source: 'the adjoint of placing elements is taking them back',
};
const tfGradIsWrong = 'it has none';
export const samples = [
  sample({ x: uniform(['$n']) }, { build: ({ x }) => diag(x!), reference: (tf, [x]) => tf.diag(x!), tfGradIsWrong }),
  sample(
    { x: uniform([2, 3]) },
    { build: ({ x }) => diag(x!), reference: (tf, [x]) => tf.diag(x!), tfGradIsWrong, note: 'rank 2' },
  ),
  sample(
    { x: integers([3], -5, 5) },
    { build: ({ x }) => diag(x!), reference: (tf, [x]) => tf.diag(x!), notDifferentiable: 'integers' },
  ),
];
