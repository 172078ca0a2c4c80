/** What tfjs's webgl and webgpu backends both lack or compute wrongly, and what stands in for it. */
import { broadcastTo, fill, type LegalizeRule, product, reshape, sameShape, select } from '../engine/index.ts';
import { along } from '../ops/shape/along.ts';
import { padByAxis, reverseByAxis, tileByAxis, transposeByAxis } from './by-axis.ts';

export const gpuRules: readonly LegalizeRule[] = [
  padByAxis(4, 'the kernels know four dimensions'),
  reverseByAxis(4, 'the kernels know four dimensions'),
  tileByAxis(4, 'beyond four dimensions the kernels read the value and tile it on the host'),
  transposeByAxis(6, 'the kernels know six dimensions'),
  {
    name: 'select-of-high-rank-as-vector',
    reason: 'the kernels know four dimensions',
    op: 'Select',
    rewrite: ({ inputs, outputs }) => {
      const { shape } = outputs[0]!;
      if (shape.length <= 4 || !inputs.every((s) => sameShape(s.shape, shape))) return undefined;
      const [condition, t, e] = inputs.map((s) => reshape(s, [product(shape)]));
      return reshape(select(condition!, t!, e!), shape);
    },
  },
  {
    name: 'sparse-to-dense-of-nothing',
    reason: 'shaders cannot be given a value without elements',
    op: 'SparseToDense',
    rewrite: ({ inputs, outputs }) =>
      inputs[0]!.shape.includes(0) ? broadcastTo(inputs[2]!, outputs[0]!.shape) : undefined,
  },
  {
    name: 'search-in-nothing',
    reason: 'shaders cannot be given a value without elements',
    op: 'SearchSorted',
    rewrite: ({ inputs, outputs }) =>
      inputs[0]!.shape.includes(0) ? fill(outputs[0]!.shape, 0, outputs[0]!.dtype) : undefined,
  },
  {
    name: 'top-of-one',
    reason: 'the kernels give their input away as their result, or fail',
    op: 'TopK',
    rewrite: ({ inputs, outputs }) =>
      inputs[0]!.shape.at(-1) === 1 && outputs[0]!.shape.at(-1) === 1
        ? [inputs[0]!, fill(outputs[1]!.shape, 0, 'int32')]
        : undefined,
  },
  ...['Cumprod', 'Cumsum'].map(
    (op): LegalizeRule => ({
      name: `${op.toLowerCase()}-of-high-rank-by-axis`,
      reason: 'the kernels know four dimensions',
      op,
      rewrite: ({ op: cumulative, inputs, attrs }) => {
        const [x] = inputs;
        if (x!.rank <= 4) return undefined;
        return along(x!, attrs.axis as number, (x3) => cumulative.nodes({ x: x3 }, { ...attrs, axis: 1 })[0]!);
      },
    }),
  ),
];
