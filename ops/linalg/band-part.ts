import type { OpDoc, Sym, SymLike, TensorType } from '../../engine/index.ts';
import {
  AttributeError,
  DTypeError,
  defineComposite,
  fill,
  fillValue,
  iota,
  lift,
  reshape,
  ShapeError,
  select,
  ZERO,
} from '../../engine/index.ts';
import { less } from '../comparison/less.ts';
import { lessEqual } from '../comparison/less-equal.ts';
import { logicalAnd } from '../comparison/logical-and.ts';
import { logicalOr } from '../comparison/logical-or.ts';
import { sub } from '../elementwise/sub.ts';

/** As in TensorFlow, the numbers of diagonals are inputs: tf.linalg.bandPart accepts tensors too. */
export const MatrixBandPart = defineComposite({
  name: 'MatrixBandPart',
  inputs: ['input', 'numLower', 'numUpper'],
  infer: ({ input, numLower, numUpper }) => {
    if (input.shape.length < 2) throw new ShapeError(`a band of a value of rank ${input.shape.length}: no matrix`);
    requireCount(numLower, 'numLower');
    requireCount(numUpper, 'numUpper');
    return [input];
  },
  lowering: [
    {
      kind: 'composite',
      expand: ({ input, numLower, numUpper }) => {
        const [m, n] = input.shape.slice(-2);
        const [row, column] = [reshape(iota(m!), [m!, 1]), iota(n!)];
        const limits = [atMost(row, column, numLower), atMost(column, row, numUpper)].flatMap((limit) => limit ?? []);
        return limits.length === 0 ? input : select(limits.reduce(logicalAnd), input, fill([], 0, input.dtype));
      },
    },
  ],
  traits: { linear: ['input'], routes: { input: 'part', numLower: 'part', numUpper: 'part' } },
  gradient: {
    input: ({ numLower, numUpper }, { dy }) => bandPart(dy, numLower, numUpper),
    numLower: ZERO,
    numUpper: ZERO,
  },
});

/** Whether a - b <= count, or count is negative; undefined if count is known to be negative. */
function atMost(a: Sym, b: Sym, count: Sym): Sym | undefined {
  const known = fillValue(count);
  if (known === undefined) return logicalOr(less(count, fill([], 0, 'int32')), lessEqual(sub(a, b), count));
  if (known < 0) return undefined;
  return known === 0 ? lessEqual(a, b) : lessEqual(sub(a, b), count);
}

function requireCount({ dtype, shape }: TensorType, name: string): void {
  if (dtype !== 'int32') throw new DTypeError(`${name} is ${dtype}, not int32`);
  if (shape.length > 0) throw new ShapeError(`${name} has rank ${shape.length}: no scalar`);
}

/**
 * Each matrix with zeros outside of a band of `numLower` diagonals below the main diagonal and `numUpper` above it; a negative number keeps
 * all of them.
 * @throws AttributeError for a number that is not an integer, or exceeds the matrix's size; ShapeError, DTypeError
 */
export function bandPart(a: SymLike, numLower: SymLike, numUpper: SymLike): Sym {
  const input = lift(a);
  const count = (given: SymLike, axis: number, name: string): Sym => {
    const size = input.shape.at(axis);
    if (typeof given === 'number' && (!Number.isInteger(given) || (typeof size === 'number' && given > size)))
      throw new AttributeError(`bandPart: ${name} ${given} for a dimension of ${size}`);
    return lift(given, 'int32');
  };
  return MatrixBandPart.node({
    input,
    numLower: count(numLower, -2, 'numLower'),
    numUpper: count(numUpper, -1, 'numUpper'),
  });
}

export const doc: OpDoc = {
  summary: 'The band around the diagonal of a matrix.',
  forward: 'y_{i j} = x_{i j} \\, \\mathbb 1(i - j \\le l \\lor l < 0) \\, \\mathbb 1(j - i \\le u \\lor u < 0)',
  gradient: { input: '\\text{the same band of } \\bar y', numLower: 'zero', numUpper: 'zero' },
  source: 'a mask is its own adjoint',
};
