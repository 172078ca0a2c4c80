import type { Dim, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import {
  attr,
  defineOp,
  dimValue,
  iota,
  lift,
  product,
  requireEqual,
  reshape,
  ShapeError,
  ZERO,
} from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { transpose } from '../matrix/transpose.ts';
import { toAxis } from '../shape/axis.ts';
import { requireIndices, toIndices } from './indices.ts';
import { scatterND } from './scatter-nd.ts';

export const GatherV2 = defineOp({
  name: 'GatherV2',
  inputs: ['x', 'indices'],
  attrs: { axis: attr.int(), batchDims: attr.int(0) },
  infer: ({ x, indices }, { axis, batchDims }) => {
    requireIndices(indices);
    toAxis(axis, x.shape.length);
    if (batchDims < 0 || batchDims > Math.min(axis, indices.shape.length)) {
      throw new ShapeError(
        `${batchDims} batch dimensions, with axis ${axis} and indices of rank ${indices.shape.length}`,
      );
    }
    for (let i = 0; i < batchDims; i++)
      requireEqual(x.shape[i]!, indices.shape[i]!, `batch dimension ${i} of x and indices`);
    return [
      {
        dtype: x.dtype,
        shape: [...x.shape.slice(0, axis), ...indices.shape.slice(batchDims), ...x.shape.slice(axis + 1)],
      },
    ];
  },
  lowering: [
    { kind: 'kernel' },
    {
      // gathers rows of one matrix, with the batch combined into the index
      kind: 'composite',
      expand: ({ x, indices }, { axis, batchDims }) => {
        const [batch, outer, inner] = parts(x.shape, axis, batchDims);
        const rows = permute(x, [...batch, axis, ...outer, ...inner]);
        const taken = gather(
          reshape(rows, [-1, ...rows.shape.slice(batchDims + 1)]),
          flatIndices(x, indices, axis, batchDims),
        );
        const chosen = indices.shape.slice(batchDims);
        const shape = [...indices.shape, ...[...outer, ...inner].map((i) => x.shape[i]!)];
        const [b, o, k] = [batchDims, outer.length, chosen.length];
        return permute(reshape(taken, shape), [
          ...span(0, b),
          ...span(b + k, o),
          ...span(b, k),
          ...span(b + k + o, inner.length),
        ]);
      },
    },
  ],
  traits: { linear: ['x'], partwise: true, routes: { x: 'part' } },
  gradient: {
    x: ({ x, indices }, { dy, attrs: { axis, batchDims } }) => {
      const [batch, outer, inner] = parts(x.shape, axis, batchDims);
      const chosen = span(axis, indices.rank - batchDims);
      const rest = [...outer, ...inner].map((i) => x.shape[i]!);
      const updates = permute(dy, [...batch, ...chosen, ...outer, ...span(axis + chosen.length, inner.length)]);
      const batchShape = x.shape.slice(0, batchDims);
      const rows = scatterND(
        flatIndices(x, indices, axis, batchDims),
        reshape(updates, [product(indices.shape), ...rest]),
        [product([...batchShape, x.shape[axis]!]), ...rest],
      );
      const moved = [...batch, axis, ...outer, ...inner];
      return permute(
        reshape(rows, [...batchShape, x.shape[axis]!, ...rest]),
        moved.map((_, i) => moved.indexOf(i)),
      );
    },
    indices: ZERO,
  },
});

const span = (from: number, count: number): readonly number[] => Array.from({ length: count }, (_, i) => from + i);

/** The batch axes, the axes between them and `axis`, and the axes after `axis`. */
const parts = (shape: readonly Dim[], axis: number, batchDims: number) =>
  [span(0, batchDims), span(batchDims, axis - batchDims), span(axis + 1, shape.length - axis - 1)] as const;

const permute = (x: Sym, perm: readonly number[]): Sym => (perm.every((p, i) => p === i) ? x : transpose(x, perm));

/** Indices into the batch and the axis combined, as a vector. */
function flatIndices(x: Sym, indices: Sym, axis: number, batchDims: number): Sym {
  if (batchDims === 0) return reshape(indices, [product(indices.shape)]);
  const batch = product(indices.shape.slice(0, batchDims));
  const starts = mul(reshape(iota(batch), [batch, 1]), dimValue(x.shape[axis]!, 'int32'));
  return reshape(add(starts, reshape(indices, [batch, product(indices.shape.slice(batchDims))])), [
    product(indices.shape),
  ]);
}

/**
 * The slices of x at indices along an axis. The first `batchDims` dimensions of x and of the indices are batch dimensions.
 * @throws ShapeError, DTypeError
 */
export function gather(x: SymLike, indices: SymLike, axis = 0, batchDims = 0): Sym {
  const sym = lift(x);
  return GatherV2.node({ x: sym, indices: toIndices(indices) }, { axis: toAxis(axis, sym.rank), batchDims });
}

export const doc: OpDoc = {
  summary: 'What indices choose along an axis: rows of a table, embeddings.',
  forward: 'y_i = x_{k_i}',
  gradient: { x: '\\sum_{i : \\, k_i = j} \\bar y_i', indices: 'zero' },
  source: 'the adjoint of taking by index is adding by index',
};
