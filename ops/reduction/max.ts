import { attr, defineOp, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { less } from '../comparison/less.ts';
import type { Axes } from '../shape/axis.ts';
import { shareAmongExtremes } from './extremum.ts';
import { inferReduction, ofSingles, reduce } from './reduction.ts';

export const Max = defineOp({
  name: 'Max',
  inputs: ['x'],
  attrs: { reductionIndices: attr.ints(), keepDims: attr.bool(false) },
  infer: ({ x }, { reductionIndices, keepDims }) => inferReduction(x, reductionIndices, keepDims),
  lowering: [{ kind: 'kernel' }],
  simplify: ({ x }, { reductionIndices, keepDims }) => ofSingles(x, reductionIndices, keepDims),
  traits: { routes: { x: 'part' } },
  gradient: { x: ({ x }, { y, dy, attrs }) => shareAmongExtremes(x, y, dy, attrs.reductionIndices, less) },
});

/** The largest element over axes, by default all; -Infinity for no elements. @throws ShapeError */
export const max = (x: SymLike, axis: Axes = null, keepDims = false): Sym =>
  reduce(x, axis, (sym, axes) => Max.node({ x: sym }, { reductionIndices: axes, keepDims }));

export const doc: OpDoc = {
  summary: 'Largest element over axes.',
  forward: 'y = \\max_i x_i',
  gradient: { x: '\\bar y \\odot \\mathbb 1(x = y) / \\sum_i \\mathbb 1(x_i = y)' },
  source: 'PyTorch, amax; convention: ties share equally',
};
