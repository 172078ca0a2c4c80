import type { OpDoc, Shape, Sym, SymLike, TensorType } from '../../engine/index.ts';
import {
  attr,
  broadcastShapes,
  DTypeError,
  defineOp,
  formatShape,
  lift,
  ShapeError,
  sameShape,
} from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { neg } from '../elementwise/neg.ts';
import { rsqrt } from '../elementwise/rsqrt.ts';
import { square } from '../elementwise/square.ts';
import { sub } from '../elementwise/sub.ts';
import { float } from '../elementwise/unary.ts';

export const FusedBatchNorm = defineOp({
  name: 'FusedBatchNorm',
  inputs: ['x', 'mean', 'variance', 'offset?', 'scale?'],
  attrs: { varianceEpsilon: attr.number(0.001) },
  infer: ({ x, mean, variance, offset, scale }) => {
    requireFloat(x, 'x');
    for (const [what, parameter] of Object.entries({ mean, variance, offset, scale })) {
      if (parameter === undefined) continue;
      requireFloat(parameter, what);
      if (!sameShape(broadcastShapes(x.shape, parameter.shape), x.shape))
        throw new ShapeError(`${what} ${formatShape(parameter.shape)} does not broadcast to x ${formatShape(x.shape)}`);
    }
    return [x];
  },
  lowering: [
    {
      // the kernels repeat the elements of a parameter cyclically, and require parameters of one rank
      kind: 'kernel',
      when: ({ x, mean, variance, offset, scale }) =>
        [mean, variance, offset, scale].every((p) => p === undefined || (p.rank === mean.rank && repeats(p.shape, x))),
    },
    {
      kind: 'composite',
      expand: ({ x, mean, variance, offset, scale }, { varianceEpsilon }) => {
        const y = mul(sub(x, mean), slope(variance, scale, varianceEpsilon));
        return offset === undefined ? y : add(y, offset);
      },
    },
  ],
  gradient: {
    x: ({ variance, scale }, { dy, attrs }) => mul(dy, slope(variance, scale, attrs.varianceEpsilon)),
    mean: ({ variance, scale }, { dy, attrs }) => neg(mul(dy, slope(variance, scale, attrs.varianceEpsilon))),
    variance: ({ x, mean, variance, scale }, { dy, attrs: { varianceEpsilon } }) => {
      const r = deviation(variance, varianceEpsilon);
      return mul(mul(dy, sub(x, mean)), mul(-0.5, mul(slope(variance, scale, varianceEpsilon), square(r))));
    },
    offset: (_inputs, { dy }) => dy,
    scale: ({ x, mean, variance }, { dy, attrs }) =>
      mul(mul(dy, sub(x, mean)), deviation(variance, attrs.varianceEpsilon)),
  },
});

const deviation = (variance: Sym, epsilon: number): Sym => rsqrt(add(variance, epsilon));
/** The factor of x - mean. */
const slope = (variance: Sym, scale: Sym | undefined, epsilon: number): Sym => {
  const r = deviation(variance, epsilon);
  return scale === undefined ? r : mul(r, scale);
};

function requireFloat({ dtype }: TensorType, what: string): void {
  if (dtype !== 'float32') throw new DTypeError(`${what} is ${dtype}, not float32`);
}

/** Whether a parameter is repeated as a whole along x: without leading 1s, its dims are the last of x's. */
function repeats(shape: Shape, x: Sym): boolean {
  const first = shape.findIndex((d) => d !== 1);
  const own = first < 0 ? [] : shape.slice(first);
  return sameShape(own, x.shape.slice(x.rank - own.length));
}

/**
 * (x - mean) / sqrt(variance + epsilon) * scale + offset: inference with given moments. Parameters are vectors along the last axis, or
 * broadcast to x. For training, see `batchNormTraining`.
 * @throws ShapeError, DTypeError
 */
export function batchNorm(
  x: SymLike,
  mean: SymLike,
  variance: SymLike,
  offset?: SymLike | null,
  scale?: SymLike | null,
  varianceEpsilon?: number | null,
): Sym {
  return FusedBatchNorm.node(
    {
      x: float(x),
      mean: float(mean),
      variance: float(variance),
      ...(offset !== undefined && offset !== null && { offset: float(offset) }),
      ...(scale !== undefined && scale !== null && { scale: float(scale) }),
    },
    { varianceEpsilon: varianceEpsilon ?? 0.001 },
  );
}

/** `batchNorm` of a matrix. @throws ShapeError if x has another rank, or a parameter has neither rank 1 nor x's */
export const batchNorm2d = (...args: Parameters<typeof batchNorm>): Sym => ofRank(2, args);
/** `batchNorm` of a value of rank 3. @throws ShapeError if x has another rank, or a parameter has neither rank 1 nor x's */
export const batchNorm3d = (...args: Parameters<typeof batchNorm>): Sym => ofRank(3, args);
/** `batchNorm` of a value of rank 4. @throws ShapeError if x has another rank, or a parameter has neither rank 1 nor x's */
export const batchNorm4d = (...args: Parameters<typeof batchNorm>): Sym => ofRank(4, args);

function ofRank(rank: number, args: Parameters<typeof batchNorm>): Sym {
  const [x, mean, variance, offset, scale, epsilon] = args;
  const value = lift(x);
  if (value.rank !== rank) throw new ShapeError(`batchNorm${rank}d: x is of rank ${value.rank}`);
  const parameter = (p: SymLike): Sym => {
    const sym = lift(p);
    if (sym.rank !== 1 && sym.rank !== rank)
      throw new ShapeError(`batchNorm${rank}d: a parameter of rank ${sym.rank}, not 1 or ${rank}`);
    return sym;
  };
  return batchNorm(
    value,
    parameter(mean),
    parameter(variance),
    offset === undefined || offset === null ? offset : parameter(offset),
    scale === undefined || scale === null ? scale : parameter(scale),
    epsilon,
  );
}

export const doc: OpDoc = {
  summary: 'Normalization by given moments.',
  forward: 'y = \\gamma \\frac{x - \\mu}{\\sqrt{\\sigma^2 + \\epsilon}} + \\beta',
  gradient: {
    x: '\\bar y \\odot \\gamma r, \\; r = (\\sigma^2 + \\epsilon)^{-1/2}',
    mean: '-\\sum \\bar y \\odot \\gamma r',
    variance: '-\\tfrac12 \\sum \\bar y \\odot (x - \\mu) \\odot \\gamma r^3',
    offset: '\\sum \\bar y',
    scale: '\\sum \\bar y \\odot (x - \\mu) \\odot r',
  },
  source: 'Ioffe and Szegedy, "Batch normalization" (2015), algorithm 1 and section 3.1',
};
