import {
  defineComposite,
  type OpDoc,
  reshape,
  type SampleOptions,
  type Sym,
  type SymLike,
  sample,
  uniform,
  values,
} from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { float } from '../elementwise/unary.ts';
import { prod } from '../reduction/prod.ts';
import { adjugate } from './adjugate.ts';
import { diagPart } from './diag-part.ts';
import { lu } from './lu.ts';
import { batchOf, requireSquare } from './matrices.ts';
import { matrixTranspose } from './matrix-transpose.ts';
import { permutationSign } from './permutation.ts';
import { determinantOf } from './reference.ts';

export const MatrixDeterminant = defineComposite({
  name: 'MatrixDeterminant',
  inputs: ['input'],
  infer: ({ input }) => {
    requireSquare(input, 'the input');
    return [{ dtype: 'float32', shape: batchOf(input) }];
  },
  lowering: [
    {
      kind: 'composite',
      expand: ({ input }) => {
        const [factors, p] = lu(input);
        return mul(permutationSign(p), prod(diagPart(factors), -1));
      },
    },
  ],
  gradient: {
    input: ({ input }, { dy }) => mul(reshape(dy, [...dy.shape, 1, 1]), matrixTranspose(adjugate(input))),
  },
});

/**
 * The determinants of square matrices. The gradient is by cofactors, and right for singular matrices too; that of the gradient
 * is NaN there.
 * @throws ShapeError where the rows and columns are not known, or not as many; DTypeError
 */
export function det(input: SymLike): Sym {
  return MatrixDeterminant.node({ input: float(input) });
}

export const doc: OpDoc = {
  summary: 'The determinants of matrices.',
  forward: 'y = \\det A = \\operatorname{sgn}(P) \\prod_i u_{i i}, \\; P A = L U',
  gradient: { input: '\\bar y \\operatorname{adj}(A)^\\top' },
  source: 'Giles, "Collected matrix derivative results for forward and reverse mode" (2008), section 2.2.4',
};
const row: SampleOptions = { attrs: {}, tfjs: null, reference: (tf, [x]) => determinantOf(tf, x!) };
export const samples = () => [
  sample({ input: uniform(['$b', 3, 3]) }, row),
  sample({ input: uniform(['$b', 2, 2]) }, row),
  sample({ input: uniform([5, 5]) }, { ...row, note: 'one matrix' }),
  sample({ input: uniform([2, 3, 1, 1]) }, { ...row, note: 'one element' }),
  sample(
    {
      input: values([
        [0, 0, 0, 3],
        [2, 0, 0, 0],
        [0, 0, 4, 0],
        [0, 1, 0, 0],
      ]),
    },
    { ...row, note: 'a permutation of the rows of a diagonal matrix' },
  ),
  sample(
    {
      input: values([
        [1, 2, 3],
        [2, 4, 6],
        [1, 0, 5],
      ]),
    },
    { ...row, notDifferentiable: 'the gradient is right, the second order NaN', note: 'a singular matrix' },
  ),
  sample({ input: uniform([0, 2, 2]) }, { ...row, reference: (tf, [x]) => tf.sum(x!, [1, 2]), note: 'zero elements' }),
];
