/** The gradient rule that max and min share. */
import { fill, type Sym, select, sumAxes } from '../../engine/index.ts';
import type { greater } from '../comparison/greater.ts';
import type { less } from '../comparison/less.ts';
import { div } from '../elementwise/div.ts';
import { unless } from '../elementwise/unary.ts';
import { kept } from './reduction.ts';

/** The cotangent of an extremum's input, shared equally among the elements equal to the extremum; if that is NaN, among all. */
export function shareAmongExtremes(
  x: Sym,
  y: Sym,
  dy: Sym,
  axis: readonly number[],
  loses: typeof less | typeof greater,
): Sym {
  const others = loses(x, kept(y, x, axis));
  return unless(others, div(kept(dy, x, axis), sumAxes(select(others, 0, fill([], 1)), axis, true)));
}
