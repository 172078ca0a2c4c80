import type { DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, defineComposite, lift, reshape, toDim } from '../../engine/index.ts';
import { requireCountable, sumsByValue } from './counting.ts';
import { toIndices } from './indices.ts';

export const Bincount = defineComposite({
  name: 'Bincount',
  inputs: ['x', 'weights'],
  attrs: { size: attr.dim() },
  infer: ({ x, weights }, { size }) => {
    requireCountable(x, weights);
    return [{ dtype: weights.dtype, shape: [size] }];
  },
  lowering: [
    { kind: 'composite', expand: ({ x, weights }, { size }) => reshape(sumsByValue(x, weights, 1, size), [size]) },
  ],
});

/**
 * Counts each integer from 0 to size - 1 in x, or sums its weights: there is one weight for each element, or none (`[]`). Other integers
 * are ignored.
 * @throws ShapeError, DTypeError
 */
export const bincount = (x: SymLike, weights: SymLike, size: DimLike): Sym =>
  Bincount.node({ x: toIndices(x), weights: lift(weights) }, { size: toDim(size) });

export const doc: OpDoc = {
  summary: 'Occurrences of integers, weighted.',
  forward: 'y_j = \\sum_{i : \\, x_i = j} w_i',
  gradient: { x: 'zero', weights: '\\bar y_{x_i}, \\; 0 \\text{ where } x_i \\notin [0, n)' },
  source: 'the adjoint of adding by index is taking by index',
};
