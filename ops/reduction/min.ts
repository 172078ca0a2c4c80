import { attr, defineOp, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { greater } from '../comparison/greater.ts';
import type { Axes } from '../shape/axis.ts';
import { shareAmongExtremes } from './extremum.ts';
import { inferReduction, ofSingles, reduce } from './reduction.ts';

export const Min = defineOp({
  name: 'Min',
  inputs: ['x'],
  attrs: { axis: attr.ints(), keepDims: attr.bool(false) },
  infer: ({ x }, { axis, keepDims }) => inferReduction(x, axis, keepDims),
  lowering: [{ kind: 'kernel' }],
  simplify: ({ x }, { axis, keepDims }) => ofSingles(x, axis, keepDims),
  traits: { routes: { x: 'part' } },
  gradient: { x: ({ x }, { y, dy, attrs }) => shareAmongExtremes(x, y, dy, attrs.axis, greater) },
});

/** The smallest element over axes, by default all; Infinity for no elements. @throws ShapeError */
export const min = (x: SymLike, axis: Axes = null, keepDims = false): Sym =>
  reduce(x, axis, (sym, axes) => Min.node({ x: sym }, { axis: axes, keepDims }));

export const doc: OpDoc = {
  summary: 'Smallest element over axes.',
  forward: 'y = \\min_i x_i',
  gradient: { x: '\\bar y \\odot \\mathbb 1(x = y) / \\sum_i \\mathbb 1(x_i = y)' },
  source: 'PyTorch, amin; convention: ties share equally',
};
