import { type DimLike, DTypeError, lift, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { greaterEqual } from '../comparison/greater-equal.ts';
import { mul } from '../elementwise/multiply.ts';
import { gate } from '../elementwise/unary.ts';
import { requireRate } from './draw.ts';
import { randomUniform } from './random-uniform.ts';

/**
 * Sets each element to 0 with probability `rate`, and divides the others by 1 - rate; draws again in every run. `noiseShape` broadcasts to
 * the shape of x: along its 1s, elements share a draw.
 * @throws AttributeError, DTypeError
 */
export function dropout(x: SymLike, rate: number, noiseShape?: readonly DimLike[]): Sym {
  const sym = lift(x);
  if (sym.dtype !== 'float32') throw new DTypeError(`dropout: x is ${sym.dtype}, not float32`);
  requireRate(rate);
  if (rate === 0) return sym;
  return gate(greaterEqual(randomUniform(shapeOf(sym, noiseShape)), rate), mul(sym, 1 / (1 - rate)));
}

/** A null in a noise shape means the dim of x. */
const shapeOf = ({ shape }: Sym, noise: readonly DimLike[] = shape): readonly DimLike[] =>
  noise.length === shape.length ? noise.map((d, i) => d ?? shape[i]!) : noise;

export const doc: OpDoc = {
  summary: 'Elements set to 0 at random, the others scaled up.',
  forward: 'y_i = x_i m_i / (1 - r), \\; m_i \\sim B(1 - r)',
  gradient: { x: '\\bar y_i m_i / (1 - r)' },
  source: 'Srivastava et al., "Dropout" (2014)',
};
