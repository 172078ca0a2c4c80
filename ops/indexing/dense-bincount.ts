import type { DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, defineComposite, lift, reshape, ShapeError, toDim } from '../../engine/index.ts';
import { occurrences, requireCountable, sumsByValue } from './counting.ts';
import { toIndices } from './indices.ts';

export const DenseBincount = defineComposite({
  name: 'DenseBincount',
  inputs: ['x', 'weights'],
  attrs: { size: attr.dim(), binaryOutput: attr.bool(false) },
  infer: ({ x, weights }, { size }) => {
    requireCountable(x, weights);
    if (x.shape.length < 1 || x.shape.length > 2) throw new ShapeError(`x has rank ${x.shape.length}, not 1 or 2`);
    return [{ dtype: weights.dtype, shape: [...x.shape.slice(0, -1), size] }];
  },
  lowering: [
    {
      kind: 'composite',
      expand: ({ x, weights }, { size, binaryOutput }) => {
        const rows = x.rank === 2 ? x.shape[0]! : 1;
        const counts = binaryOutput ? occurrences(x, weights.dtype, rows, size) : sumsByValue(x, weights, rows, size);
        return reshape(counts, [...x.shape.slice(0, -1), size]);
      },
    },
  ],
});

/**
 * As `bincount` for each row of x; a vector is one row. With `binaryOutput`, 1 for each integer that occurs and 0 for the others, for any
 * weights.
 * @throws ShapeError, DTypeError
 */
export const denseBincount = (x: SymLike, weights: SymLike, size: DimLike, binaryOutput = false): Sym =>
  DenseBincount.node({ x: toIndices(x), weights: lift(weights) }, { size: toDim(size), binaryOutput });

export const doc: OpDoc = {
  summary: 'Occurrences of integers in each row, weighted.',
  forward: 'y_{r j} = \\sum_{i : \\, x_{r i} = j} w_{r i}',
  gradient: { x: 'zero', weights: '\\bar y_{r, x_{r i}}, \\; 0 \\text{ where } x_{r i} \\notin [0, n)' },
  source: 'the adjoint of adding by index is taking by index',
};
