/** The layer `dropout`. */
import type { DimLike, Sym } from '../../engine/index.ts';
import { requireRate } from '../../ops/random/draw.ts';
import { dropout as drop } from '../../ops/random/dropout.ts';

export interface DropoutOptions {
  /** The probability that an element is set to 0. */
  readonly rate: number;
  /** Broadcasts to the shape of x; elements along its axes of size 1 are dropped together. */
  readonly noiseShape?: readonly DimLike[];
  /** Whether to drop elements. Default false. */
  readonly training?: boolean;
}

/**
 * In training, sets elements to 0 at random and divides the others by 1 - rate; otherwise returns x.
 *
 * N. Srivastava et al., "Dropout", JMLR 2014.
 * @throws AttributeError for a rate outside [0, 1)
 */
export function dropout(x: Sym, { rate, noiseShape, training = false }: DropoutOptions): Sym {
  requireRate(rate);
  return training ? drop(x, rate, noiseShape) : x;
}
