import { defineOp, lift, type OpDoc, type Sym, type SymLike, ZERO } from '../../engine/index.ts';
import { indexDepth, requireIndices, toIndices } from './indices.ts';
import { scatterND } from './scatter-nd.ts';

export const GatherNd = defineOp({
  name: 'GatherNd',
  inputs: ['params', 'indices'],
  infer: ({ params, indices }) => {
    requireIndices(indices);
    const depth = indexDepth(indices, params.shape.length);
    return [{ dtype: params.dtype, shape: [...indices.shape.slice(0, -1), ...params.shape.slice(depth)] }];
  },
  lowering: [{ kind: 'kernel' }],
  traits: { linear: ['params'], partwise: true, routes: { params: 'part' } },
  gradient: { params: ({ params, indices }, { dy }) => scatterND(indices, dy, params.shape), indices: ZERO },
});

/** The slice of x at each index; an index is a row of `indices`. @throws ShapeError, DTypeError */
export const gatherND = (x: SymLike, indices: SymLike): Sym =>
  GatherNd.node({ params: lift(x), indices: toIndices(indices) });

export const doc: OpDoc = {
  summary: 'Values at indices of several dimensions.',
  forward: 'y_i = x_{k_i}',
  gradient: { params: '\\sum_{i : \\, k_i = j} \\bar y_i', indices: 'zero' },
  source: 'the adjoint of taking by index is adding by index',
};
