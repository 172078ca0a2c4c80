import { type OpDoc, type SampleOptions, type Sym, type SymLike, sample, uniform } from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { log } from '../elementwise/log.ts';
import { mul } from '../elementwise/multiply.ts';
import { eye } from '../indexing/eye.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { sum } from '../reduction/sum.ts';
import { cholesky } from './cholesky.ts';
import { diagPart } from './diag-part.ts';
import { determinantOf } from './reference.ts';

/**
 * The logarithms of the determinants of symmetric positive definite matrices, of which the lower triangle is read; NaN for
 * others. See `slogdet` for matrices of any kind.
 * @throws ShapeError where the rows and columns are not known, or not as many; DTypeError
 */
export function logdet(matrix: SymLike): Sym {
  return mul(2, sum(log(diagPart(cholesky(matrix))), -1));
}

export const doc: OpDoc = {
  summary: 'The logarithms of the determinants of positive definite matrices.',
  forward: 'y = 2 \\sum_i \\log l_{i i}, \\; A = L L^\\top',
  gradient: { matrix: '\\bar y A^{-1}, \\text{ in the lower triangle, as that of } \\operatorname{cholesky}' },
  source: 'Murray, "Differentiation of the Cholesky decomposition" (2016), section 1',
};
const row = (n: number): SampleOptions => ({
  build: ({ x }) => logdet(add(matMul(x!, x!, false, true), eye(n))),
  tfjs: null,
  reference: (tf, [x]) => tf.log(determinantOf(tf, tf.add(tf.matMul(x!, x!, false, true), tf.eye(n)))),
});
export const samples = () => [
  sample({ x: uniform(['$b', 3, 2]) }, row(3)),
  sample({ x: uniform([4, 4]) }, { ...row(4), note: 'one matrix' }),
];
