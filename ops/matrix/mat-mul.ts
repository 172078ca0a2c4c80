import type { Dim, OpDoc, Shape, Sym, SymLike, TensorType } from '../../engine/index.ts';
import {
  attr,
  broadcastShapes,
  broadcastTo,
  DTypeError,
  defineOp,
  formatDim,
  lift,
  product,
  requireEqual,
  reshape,
  ShapeError,
  sameShape,
} from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { Transpose } from './transpose.ts';

/** As in tfjs's kernel, leading batch dims are broadcast, and each operand may be transposed in its last two dims. */
export const BatchMatMul = defineOp({
  name: 'BatchMatMul',
  inputs: ['a', 'b'],
  attrs: { transposeA: attr.bool(false), transposeB: attr.bool(false) },
  infer: ({ a, b }, { transposeA, transposeB }) => {
    for (const { dtype } of [a, b])
      if (dtype !== 'float32') throw new DTypeError(`a matrix product of ${dtype}, not float32`);
    const [m, k] = lastTwo(a, transposeA);
    const [k2, n] = lastTwo(b, transposeB);
    requireEqual(k, k2, `the inner dimensions (${formatDim(k)} columns of a, ${formatDim(k2)} rows of b)`);
    return [{ dtype: 'float32', shape: [...broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2)), m, n] }];
  },
  lowering: [
    {
      kind: 'kernel',
      when: ({ a, b }) => repeatsWhole(batchOf(a), batchOf(b)) || repeatsWhole(batchOf(b), batchOf(a)),
    },
    {
      kind: 'composite',
      expand: ({ a, b }, { transposeA, transposeB }) => {
        const batch = broadcastShapes(batchOf(a), batchOf(b));
        const [x, y] = [a, b].map((s) => broadcastTo(s, [...batch, ...s.shape.slice(-2)]));
        return matMul(x!, y!, transposeA, transposeB);
      },
    },
  ],
  traits: { linear: ['a', 'b'] },
  // merges a transposed operand into a flag; if b is one matrix, the rows of a's batch become one matrix
  simplify: ({ a, b }, { transposeA, transposeB }): Sym | undefined => {
    if (hasRows(a, b, transposeA)) {
      const y = matMul(rowsOf(a), b, false, transposeB);
      return reshape(y, [...a.shape.slice(0, -1), y.shape[1]!]);
    }
    const swapped = (s: Sym): boolean =>
      s.node.op === Transpose && swapsLastTwo(s.node.attrs.perm as readonly number[]);
    if (swapped(a)) return matMul(a.node.inputs[0]!, b, !transposeA, transposeB);
    return swapped(b) ? matMul(a, b.node.inputs[0]!, transposeA, !transposeB) : undefined;
  },
  gradient: {
    a: ({ b }, { dy, attrs: { transposeA, transposeB } }) =>
      transposeA ? matMul(b, dy, transposeB, true) : matMul(dy, b, false, !transposeB),
    b: ({ a, b }, { dy, attrs: { transposeA, transposeB } }) => {
      // one product instead of one for each matrix of the batch and their sum
      const [x, y] = hasRows(a, b, transposeA) ? [rowsOf(a), rowsOf(dy)] : [a, dy];
      return transposeB ? matMul(y, x, true, transposeA) : matMul(x, y, !transposeA, false);
    },
  },
});

/** Whether every row of a batch is multiplied by the same matrix. */
const hasRows = (a: Sym, b: Sym, transposeA: boolean): boolean => a.rank > 2 && b.rank === 2 && !transposeA;
/** The rows of all matrices, as one matrix. */
const rowsOf = (x: Sym): Sym => reshape(x, [product(x.shape.slice(0, -1)), x.shape.at(-1)!]);

const batchOf = ({ shape }: TensorType): Shape => shape.slice(0, -2);

/**
 * Whether broadcasting repeats a batch as a whole, since its dims are the last ones of the other's. Kernels use matrix i mod n of a batch
 * of n for the i-th product, for all dims.
 */
function repeatsWhole(batch: Shape, other: Shape): boolean {
  const first = batch.findIndex((d) => d !== 1);
  const own = first < 0 ? [] : batch.slice(first);
  return sameShape(own, other.slice(other.length - own.length));
}

function lastTwo({ shape }: TensorType, transposed: boolean): readonly [Dim, Dim] {
  if (shape.length < 2) throw new ShapeError(`a matrix product of a value of rank ${shape.length}`);
  const [rows, columns] = [shape.at(-2)!, shape.at(-1)!];
  return transposed ? [columns, rows] : [rows, columns];
}

const swapsLastTwo = (perm: readonly number[]): boolean =>
  perm.every((p, i) => (i < perm.length - 2 ? p === i : p === 2 * perm.length - 3 - i));

/**
 * The matrix product a b, over broadcast leading dims; integers become floats. As in tf.matMul, vectors are not allowed: use `dot`.
 * @throws ShapeError; DTypeError for complex numbers
 */
export const matMul = (a: SymLike, b: SymLike, transposeA = false, transposeB = false): Sym =>
  BatchMatMul.node({ a: float(a), b: float(b) }, { transposeA, transposeB });

/** The product of vectors and matrices, as tf.dot: a vector is a row on the left and a column on the right. */
export function dot(a: SymLike, b: SymLike): Sym {
  const x = lift(a);
  const y = lift(b);
  if (x.rank < 1 || x.rank > 2 || y.rank < 1 || y.rank > 2)
    throw new ShapeError(`dot: ranks ${x.rank} and ${y.rank}; it takes vectors and matrices`);
  const product = matMul(
    x.rank === 1 ? reshape(x, [1, x.shape[0]!]) : x,
    y.rank === 1 ? reshape(y, [y.shape[0]!, 1]) : y,
  );
  return reshape(product, [...x.shape.slice(0, -1), ...y.shape.slice(1)]);
}

export const doc: OpDoc = {
  summary: 'Matrix product, batched, with optional transposes.',
  forward: 'Y = A B',
  gradient: { a: '\\bar Y B^\\top', b: 'A^\\top \\bar Y' },
  source: 'Introductory ML, eqs. (1)-(2); Auddy, eqs. (9), (18)',
};
