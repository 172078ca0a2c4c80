/** Shared by LRN and its gradient: sums over neighbouring channels. */
import type { Sym, TensorType } from '../../engine/index.ts';
import { AttributeError, attr, cast, iota, product, reshape, ShapeError } from '../../engine/index.ts';
import { less } from '../comparison/less.ts';
import { abs } from '../elementwise/abs.ts';
import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { square } from '../elementwise/square.ts';
import { sub } from '../elementwise/sub.ts';
import { inferUnary } from '../elementwise/unary.ts';
import { matMul } from '../matrix/mat-mul.ts';

export const lrnAttrs = {
  depthRadius: attr.int(5),
  bias: attr.number(1),
  alpha: attr.number(1),
  beta: attr.number(0.5),
};
export interface LrnAttrs {
  readonly depthRadius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}

/** The type of LRN's result. @throws ShapeError, DTypeError, AttributeError */
export function inferLrn(x: TensorType, depthRadius: number): TensorType {
  if (x.shape.length !== 4) throw new ShapeError(`a local response normalization of a value of rank ${x.shape.length}`);
  if (depthRadius < 0) throw new AttributeError(`depthRadius is ${depthRadius}; it cannot be negative`);
  return inferUnary(x)[0]!;
}

/** Sums over the channels that are at most `radius` away: a product with a band of ones, which is its own adjoint. */
export function sumNeighbours(x: Sym, radius: number): Sym {
  const channels = x.shape.at(-1)!;
  const index = iota(channels, 'float32');
  const distance = abs(sub(reshape(index, [channels, 1]), index));
  const band = cast(less(distance, radius + 0.5), 'float32');
  return reshape(matMul(reshape(x, [product(x.shape.slice(0, -1)), channels]), band), x.shape);
}

/** The base of the power that x is divided by. */
export const normOf = (x: Sym, { depthRadius, bias, alpha }: LrnAttrs): Sym =>
  add(bias, mul(alpha, sumNeighbours(square(x), depthRadius)));
