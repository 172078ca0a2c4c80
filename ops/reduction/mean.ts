import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, broadcastTo, defineOp, dimValue, product, sumAxes } from '../../engine/index.ts';
import { div } from '../elementwise/div.ts';
import { float } from '../elementwise/unary.ts';
import type { Axes } from '../shape/axis.ts';
import { inferReduction, kept, ofSingles, reduce } from './reduction.ts';

const count = (x: Sym, axis: readonly number[]): Sym => dimValue(product(axis.map((a) => x.shape[a]!)));

export const Mean = defineOp({
  name: 'Mean',
  inputs: ['x'],
  attrs: { axis: attr.ints(), keepDims: attr.bool(false) },
  infer: ({ x }, { axis, keepDims }) => inferReduction(x, axis, keepDims, ['float32', 'complex64']),
  lowering: [
    { kind: 'kernel' },
    { kind: 'composite', expand: ({ x }, { axis, keepDims }) => div(sumAxes(x, axis, keepDims), count(x, axis)) },
  ],
  traits: { partwise: true, routes: { x: 'whole' } },
  simplify: ({ x }, { axis, keepDims }) => ofSingles(x, axis, keepDims),
  gradient: { x: ({ x }, { dy, attrs: { axis } }) => broadcastTo(div(kept(dy, x, axis), count(x, axis)), x.shape) },
});

/**
 * The mean over axes, by default all; integers and bools become floats. NaN for no elements.
 * @throws ShapeError
 */
export const mean = (x: SymLike, axis: Axes = null, keepDims = false): Sym =>
  reduce(float(x), axis, (sym, axes) => Mean.node({ x: sym }, { axis: axes, keepDims }));

export const doc: OpDoc = {
  summary: 'Mean over axes.',
  forward: 'y = \\frac 1 n \\sum_i x_i',
  gradient: { x: '\\bar y / n' },
  source: 'Auddy, eq. (5)',
};
