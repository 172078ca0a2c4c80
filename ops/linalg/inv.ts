import { defineComposite, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { neg } from '../elementwise/neg.ts';
import { float } from '../elementwise/unary.ts';
import { eye } from '../indexing/eye.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { requireSquare } from './matrices.ts';
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
 * The inverses of square matrices. `solve` is better for systems of equations. A singular matrix gives infinities and NaN.
 * @throws ShapeError unless the matrices are square, of known size; DTypeError
 */
export const inv = (input: SymLike): Sym => MatrixInverse.node({ input: float(input) });

export const doc: OpDoc = {
  summary: 'The inverses of matrices.',
  forward: 'Y = A^{-1}',
  gradient: { input: '-Y^\\top \\bar Y Y^\\top' },
  source: 'Giles, "Collected matrix derivative results for forward and reverse mode" (2008), section 2.2.3',
};
