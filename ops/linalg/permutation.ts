/** Permutation matrices, and signs of permutations. */
import { cast, iota, reshape, type Sym, sumAxes } from '../../engine/index.ts';
import { equal } from '../comparison/equal.ts';
import { greater } from '../comparison/greater.ts';
import { less } from '../comparison/less.ts';
import { logicalAnd } from '../comparison/logical-and.ts';
import { mod } from '../elementwise/mod.ts';
import { mul } from '../elementwise/multiply.ts';
import { sub } from '../elementwise/sub.ts';

/** The matrix P with (P x)_i = x_{p_i}, for each permutation in the last dim of p. */
export function permutationMatrix(p: Sym): Sym {
  const n = p.shape.at(-1)!;
  return cast(equal(reshape(p, [...p.shape, 1]), iota(n)), 'float32');
}

/** The sign of each permutation: -1 if its number of inversions is odd, else 1. */
export function permutationSign(p: Sym): Sym {
  const n = p.shape.at(-1)!;
  const [first, second] = [reshape(p, [...p.shape, 1]), reshape(p, [...p.shape.slice(0, -1), 1, n])];
  const isPair = less(reshape(iota(n), [n, 1]), iota(n));
  const wrong = cast(logicalAnd(isPair, greater(first, second)), 'float32');
  const inversions = sumAxes(wrong, [p.rank - 1, p.rank]);
  return sub(1, mul(2, mod(inversions, 2)));
}
