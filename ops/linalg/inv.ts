import {
  defineComposite,
  type OpDoc,
  type SampleOptions,
  type Sym,
  type SymLike,
  sample,
  uniform,
  values,
} from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { neg } from '../elementwise/neg.ts';
import { float } from '../elementwise/unary.ts';
import { eye } from '../indexing/eye.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { requireSquare } from './matrices.ts';
import { inverseOf } from './reference.ts';
import { solve } from './solve.ts';

export const MatrixInverse = defineComposite({
  name: 'MatrixInverse',
  inputs: ['input'],
  infer: ({ input }) => {
    requireSquare(input, 'the input');
    return [input];
  },
  lowering: [{ kind: 'composite', expand: ({ input }) => solve(input, eye(input.shape.at(-1)!)) }],
  gradient: {
    input: (_inputs, { y, dy }) => neg(matMul(matMul(y, dy, true, false), y, false, true)),
  },
});

/**
 * The inverses of square matrices. To solve a system, `solve` is better. A singular matrix gives infinities and NaN.
 * @throws ShapeError where the rows and columns are not known, or not as many; DTypeError
 */
export function inv(input: SymLike): Sym {
  return MatrixInverse.node({ input: float(input) });
}

export const doc: OpDoc = {
  summary: 'The inverses of matrices.',
  forward: 'Y = A^{-1}',
  gradient: { input: '-Y^\\top \\bar Y Y^\\top' },
  source: 'Giles, "Collected matrix derivative results for forward and reverse mode" (2008), section 2.2.3',
};
const row = (n: number): SampleOptions => ({
  build: ({ x }) => inv(add(x!, mul(2, eye(n)))),
  tfjs: null,
  reference: (tf, [x]) => inverseOf(tf, tf.add(x!, tf.mul(2, tf.eye(n)))),
});
export const samples = () => [
  sample({ x: uniform(['$b', 3, 3]) }, row(3)),
  sample({ x: uniform([4, 4]) }, { ...row(4), note: 'one matrix' }),
  sample({ x: uniform([1, 1]) }, { ...row(1), note: 'one element' }),
  sample(
    {
      input: values([
        [0, 0.5, 0],
        [0, 0, 2],
        [-1, 0, 0],
      ]),
    },
    { tfjs: null, reference: (tf, [x]) => inverseOf(tf, x!), note: 'a permutation of the rows of a diagonal matrix' },
  ),
  sample({ x: uniform([0, 2, 2]) }, { ...row(2), reference: (tf, [x]) => tf.clone(x!), note: 'zero elements' }),
];
