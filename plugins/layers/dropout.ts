import type { DimLike, Sym } from '../../engine/index.ts';
import { requireRate } from '../../ops/random/draw.ts';
import { dropout as drop } from '../../ops/random/dropout.ts';

export interface DropoutOptions {
  /** The probability with which an element becomes 0. */
  readonly rate: number;
  /** Broadcasts to the shape of x: along its 1s, elements share a choice. */
  readonly noiseShape?: readonly DimLike[];
  /** Whether to drop at all: false. */
  readonly training?: boolean;
}

/**
 * While training, elements set to 0 at random, and the others divided by 1 - rate; else x.
 *
 * N. Srivastava et al., "Dropout", JMLR 2014.
 * @throws AttributeError for a rate outside of [0, 1)
 */
export function dropout(x: Sym, { rate, noiseShape, training = false }: DropoutOptions): Sym {
  requireRate(rate);
  return training ? drop(x, rate, noiseShape) : x;
}
