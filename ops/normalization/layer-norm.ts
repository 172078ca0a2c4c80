import type { Dim, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import {
  attr,
  broadcastShapes,
  defineComposite,
  dimValue,
  formatShape,
  lift,
  product,
  requireAxes,
  reshape,
  ShapeError,
  sameShape,
  sumAxes,
} from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { div } from '../elementwise/div.ts';
import { mul } from '../elementwise/multiply.ts';
import { square } from '../elementwise/square.ts';
import { sub } from '../elementwise/sub.ts';
import { float, inferUnary } from '../elementwise/unary.ts';
import { toAxes } from '../shape/axis.ts';
import { batchNorm } from './fused-batch-norm.ts';
import { cotangentSums, isConstantAlong, statistics } from './statistics.ts';

/** Normalizes over the axes of a layer; over those of a batch, it is batch normalization. */
export const LayerNorm = defineComposite({
  name: 'LayerNorm',
  inputs: ['x', 'scale?', 'offset?'],
  attrs: { axis: attr.ints(), epsilon: attr.number(0.001) },
  infer: ({ x, scale, offset }, { axis }) => {
    requireAxes(axis, x.shape.length);
    for (const [what, parameter] of Object.entries({ scale, offset })) {
      if (parameter === undefined) continue;
      inferUnary(parameter);
      if (!sameShape(broadcastShapes(x.shape, parameter.shape), x.shape))
        throw new ShapeError(`${what} ${formatShape(parameter.shape)} does not broadcast to x ${formatShape(x.shape)}`);
    }
    return inferUnary(x);
  },
  lowering: [
    {
      kind: 'composite',
      expand: ({ x, scale, offset }, { axis, epsilon }) => {
        const { mean, variance, slope, centered } = statistics(x, axis, epsilon);
        // if the scale is constant along the axes, this is batch normalization, which has kernels
        if (isConstantAlong(scale, axis, x.rank)) return batchNorm(x, mean, variance, offset, scale, epsilon);
        const scaled = mul(mul(centered, slope), scale!);
        return offset === undefined ? scaled : add(scaled, offset);
      },
    },
  ],
  gradient: {
    x: ({ x, scale }, { dy, attrs: { axis, epsilon } }) => {
      const { slope, centered } = statistics(x, axis, epsilon);
      const outside = scale !== undefined && isConstantAlong(scale, axis, x.rank) ? mul(slope, scale) : slope;
      const g = scale === undefined || outside !== slope ? dy : mul(dy, scale);
      const sums = cotangentSums(g, centered, axis);
      const n = dimValue(sizeAlong(x, axis));
      const along = mul(square(slope), div(sums.product, n));
      return mul(sub(sub(g, div(sums.sum, n)), mul(centered, along)), outside);
    },
    scale: ({ x, scale }, { dy, attrs: { axis, epsilon } }) => {
      const { slope, centered } = statistics(x, axis, epsilon);
      return isConstantAlong(scale, axis, x.rank)
        ? mul(cotangentSums(dy, centered, axis).product, slope)
        : mul(mul(dy, centered), slope);
    },
    offset: ({ x, offset }, { dy, attrs: { axis } }) =>
      isConstantAlong(offset, axis, x.rank) ? sumAxes(dy, axis, true) : dy,
  },
});

const sizeAlong = (x: Sym, axis: readonly number[]): Dim => product(axis.map((a) => x.shape[a]!));

/**
 * Normalizes x to mean 0 and variance 1 along axes, by default the last, then multiplies by scale and adds offset, which have the sizes of
 * the axes, or broadcast to x.
 * @throws ShapeError, DTypeError
 */
export function layerNorm(
  x: SymLike,
  scale?: SymLike | null,
  offset?: SymLike | null,
  axis: number | readonly number[] = -1,
  epsilon = 0.001,
): Sym {
  const value = float(x);
  const axes = toAxes(axis, value.rank);
  /** Reshapes a parameter that has the axes' sizes, with 1 for the other axes. */
  const parameter = (p: SymLike): Sym => {
    const sym = lift(p);
    if (sym.rank !== axes.length || sym.rank === value.rank) return sym;
    return reshape(
      sym,
      value.shape.map((_, i) => (axes.includes(i) ? sym.shape[axes.indexOf(i)]! : 1)),
    );
  };
  return LayerNorm.node(
    {
      x: value,
      ...(scale !== undefined && scale !== null && { scale: parameter(scale) }),
      ...(offset !== undefined && offset !== null && { offset: parameter(offset) }),
    },
    { axis: axes, epsilon },
  );
}

export const doc: OpDoc = {
  summary: 'Normalization by the moments along axes.',
  forward: 'y = \\gamma \\hat x + \\beta, \\; \\hat x = r (x - \\mu), \\; r = (\\sigma^2 + \\epsilon)^{-1/2}',
  gradient: {
    x: 'r \\left( g - \\tfrac1n \\sum g - \\hat x \\tfrac1n \\sum g \\odot \\hat x \\right), \\; g = \\bar y \\odot \\gamma',
    scale: '\\sum \\bar y \\odot \\hat x',
    offset: '\\sum \\bar y',
  },
  source: 'Ba, Kiros and Hinton, "Layer normalization" (2016); the gradient as in Ioffe and Szegedy (2015), section 3',
};
