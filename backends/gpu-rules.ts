/** Legalization rules for ops that both tfjs's webgl and webgpu backends lack or compute wrongly. */
import { broadcastTo, fill, type LegalizeRule } from '../engine/index.ts';
import {
  foldAround,
  foldElementwise,
  foldGather,
  foldProducts,
  foldReductions,
  mirrorPadByAxis,
  padByAxis,
  reverseByAxis,
  sliceByAxis,
  tileByAxis,
  transposeByAxis,
} from './by-axis.ts';

/** The highest rank that all kernels support. */
const RANK = 4;
const KNOWN = 'the kernels know four dimensions';

export const gpuRules: readonly LegalizeRule[] = [
  padByAxis(RANK, KNOWN),
  mirrorPadByAxis(RANK, KNOWN),
  reverseByAxis(RANK, KNOWN),
  tileByAxis(RANK, 'beyond four dimensions the kernels read the value and tile it on the host'),
  sliceByAxis(RANK, KNOWN),
  transposeByAxis(6, 'the kernels know six dimensions'),
  ...['ArgMax', 'ArgMin', 'Concat', 'Cumprod', 'Cumsum', 'Pack', 'SplitV', 'Unpack'].map((op) =>
    foldAround(op, RANK, KNOWN),
  ),
  foldGather(RANK, KNOWN),
  foldProducts(RANK, KNOWN),
  ...foldReductions(RANK, KNOWN),
  foldElementwise(RANK, KNOWN),
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
];
