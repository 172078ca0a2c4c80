/** Type inference that the solvers of linear systems share. */
import { DTypeError, requireEqual, ShapeError, type TensorType } from '../../engine/index.ts';
import { requireSquare } from './matrices.ts';

/** The type of x in A x = b, where x has as many columns as b. @throws ShapeError, DTypeError */
export function inferSolution(matrix: TensorType, rhs: TensorType): readonly TensorType[] {
  const n = requireSquare(matrix, 'the matrix');
  const rank = matrix.shape.length;
  if (rhs.dtype !== 'float32') throw new DTypeError(`the right-hand side is ${rhs.dtype}, not float32`);
  if (rhs.shape.length !== rank)
    throw new ShapeError(`a matrix of rank ${rank} and a right-hand side of rank ${rhs.shape.length}`);
  requireEqual(n, rhs.shape.at(-2)!, 'the rows of the matrix and of the right-hand side');
  for (let i = 0; i < rank - 2; i++)
    requireEqual(matrix.shape[i]!, rhs.shape[i]!, `batch dimension ${i} of the matrix and the right-hand side`);
  return [{ dtype: 'float32', shape: [...rhs.shape.slice(0, -2), n, rhs.shape.at(-1)!] }];
}
