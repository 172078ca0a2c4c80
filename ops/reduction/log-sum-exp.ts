import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, defineComposite, reducedShape, reshape, select, sumAxes } from '../../engine/index.ts';
import { isFinite as isFiniteNumber } from '../comparison/is-finite.ts';
import { add } from '../elementwise/add.ts';
import { exp } from '../elementwise/exp.ts';
import { log } from '../elementwise/log.ts';
import { mul } from '../elementwise/multiply.ts';
import { sub } from '../elementwise/sub.ts';
import { float } from '../elementwise/unary.ts';
import type { Axes } from '../shape/axis.ts';
import { max } from './max.ts';
import { inferReduction, kept, ofSingles, reduce } from './reduction.ts';

export const LogSumExp = defineComposite({
  name: 'LogSumExp',
  inputs: ['x'],
  attrs: { axis: attr.ints(), keepDims: attr.bool(false) },
  infer: ({ x }, { axis, keepDims }) => inferReduction(x, axis, keepDims, ['float32']),
  lowering: [
    {
      kind: 'composite',
      expand: ({ x }, { axis, keepDims }) => {
        const largest = max(x, axis, true);
        const shift = select(isFiniteNumber(largest), largest, 0);
        const y = add(log(sumAxes(exp(sub(x, shift)), axis, true)), shift);
        return reshape(y, reducedShape(x.shape, axis, keepDims));
      },
    },
  ],
  simplify: ({ x }, { axis, keepDims }) => ofSingles(x, axis, keepDims),
  gradient: { x: ({ x }, { y, dy, attrs: { axis } }) => mul(kept(dy, x, axis), exp(sub(x, kept(y, x, axis)))) },
});

/** ln(sum(e^x)) over axes, by default all, without overflow. @throws ShapeError */
export const logSumExp = (x: SymLike, axis: Axes = null, keepDims = false): Sym =>
  reduce(float(x), axis, (sym, axes) => LogSumExp.node({ x: sym }, { axis: axes, keepDims }));

export const doc: OpDoc = {
  summary: 'Logarithm of a sum of exponentials.',
  forward: 'y = \\ln \\sum_i e^{x_i}',
  gradient: { x: '\\bar y \\, e^{x_i - y}' },
  source: 'the logarithm of the normaliser in Introductory ML, eq. (23)',
};
