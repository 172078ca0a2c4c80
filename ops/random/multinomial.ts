import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { AttributeError, DTypeError, dim, lift, reshape, ShapeError } from '../../engine/index.ts';
import { softmax } from '../activation/softmax.ts';
import { mul } from '../elementwise/multiply.ts';
import { cumsum } from '../scan/cumsum.ts';
import { slice } from '../shape/slice.ts';
import { searchSorted } from '../sorting/search-sorted.ts';
import { randomUniform } from './random-uniform.ts';

/**
 * Draws `numSamples` outcomes, as int32, from a distribution or from each row of a matrix of them; draws again in every run. `logits` are
 * probabilities if `normalized`. There is no `seed`: seeds belong to a program's variables.
 * @throws AttributeError for a seed, or fewer than two outcomes; ShapeError, DTypeError
 */
export function multinomial(logits: SymLike, numSamples: number, seed?: undefined, normalized = false): Sym {
  const given = lift(logits);
  if (seed !== undefined && seed !== null)
    throw new AttributeError('multinomial: seeds belong to variables: compile(..., { seed })');
  if (given.dtype !== 'float32') throw new DTypeError(`multinomial: logits of ${given.dtype}, not float32`);
  if (given.rank < 1 || given.rank > 2) throw new ShapeError(`multinomial: logits of rank ${given.rank}, not 1 or 2`);
  const n = given.shape.at(-1)!;
  if (typeof n === 'number' && n < 2) throw new AttributeError(`multinomial: ${n} outcomes; there must be two or more`);
  const rows = given.rank === 2 ? given.shape[0]! : 1;
  const probabilities = reshape(normalized ? given : softmax(given), [rows, n]);
  const below = cumsum(probabilities, 1);
  // a draw is less than the total, so that it never selects an outcome of probability 0
  const total = slice(below, [0, dim.sub(n, 1)], [-1, 1]);
  const drawn = searchSorted(below, mul(randomUniform([rows, numSamples]), total), 'right');
  return given.rank === 2 ? drawn : reshape(drawn, [numSamples]);
}

export const doc: OpDoc = {
  summary: 'Outcomes drawn from a distribution.',
  forward: 'P(y = j) = p_j = e^{x_j} / \\sum_i e^{x_i}',
  gradient: { logits: 'zero' },
  source: 'Devroye, "Non-uniform random variate generation" (1986), chapter III: inversion',
};
