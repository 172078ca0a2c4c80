import { type Dim, dim, type Sym } from '../../engine/index.ts';
import { pad } from '../shape/pad.ts';
import { slice } from '../shape/slice.ts';

/** Truncates the last axis, or pads it with zeros, to a length. */
export function withLength(x: Sym, length: Dim): Sym {
  const outer = x.shape.slice(0, -1);
  const missing = dim.max(0, dim.sub(length, x.shape.at(-1)!));
  const longer = pad(x, [...outer.map(() => [0, 0] as const), [0, missing]]);
  return slice(longer, [...outer.map(() => 0), 0], [...outer, length]);
}
