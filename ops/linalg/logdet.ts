import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { log } from '../elementwise/log.ts';
import { mul } from '../elementwise/multiply.ts';
import { sum } from '../reduction/sum.ts';
import { cholesky } from './cholesky.ts';
import { diagPart } from './diag-part.ts';

/**
 * The logarithms of the determinants of symmetric positive definite matrices, of which the lower triangle is read; NaN for other matrices.
 * `slogdet` handles all square matrices.
 * @throws ShapeError unless the matrices are square, of known size; DTypeError
 */
export const logdet = (matrix: SymLike): Sym => mul(2, sum(log(diagPart(cholesky(matrix))), -1));

export const doc: OpDoc = {
  summary: 'The logarithms of the determinants of positive definite matrices.',
  forward: 'y = 2 \\sum_i \\log l_{i i}, \\; A = L L^\\top',
  gradient: { matrix: '\\bar y A^{-1}, \\text{ in the lower triangle, as that of } \\operatorname{cholesky}' },
  source: 'Murray, "Differentiation of the Cholesky decomposition" (2016), section 1',
};
