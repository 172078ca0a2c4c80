import type { Dim, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { AttributeError, dim, iota, lift, reshape, ShapeError } from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { gather } from '../indexing/gather.ts';
import { pad } from '../shape/pad.ts';

/**
 * Splits the last axis into overlapping frames: [..., n] to [..., frames, frameLength]. Frames that would extend beyond the end are left
 * out; with `padEnd` all frames that start before the end are included, padded with `padValue`.
 * @throws ShapeError, AttributeError
 */
export function frame(signal: SymLike, frameLength: number, frameStep: number, padEnd = false, padValue = 0): Sym {
  const x = lift(signal);
  const n = x.shape.at(-1);
  if (n === undefined) throw new ShapeError('frame: a scalar has no parts');
  for (const [name, value] of Object.entries({ frameLength, frameStep }))
    if (!Number.isInteger(value) || value < 1) throw new AttributeError(`frame: ${name} is ${value}`);
  const count = padEnd
    ? dim.floorDiv(dim.add(n, frameStep - 1), frameStep)
    : dim.max(0, dim.add(dim.floorDiv(dim.sub(n, frameLength), frameStep), 1));
  const starts = reshape(iota(count, 'int32', 0, frameStep), [count, 1]);
  return gather(padEnd ? filled(x, n, count, frameLength, frameStep, padValue) : x, add(starts, iota(frameLength)), -1);
}

/** Pads the end as far as the last frame extends. */
function filled(x: Sym, n: Dim, count: Dim, length: number, step: number, value: number): Sym {
  const end = dim.add(dim.mul(dim.sub(count, 1), step), length);
  const none = x.shape.slice(1).map(() => [0, 0] as const);
  return pad(x, [...none, [0, dim.max(0, dim.sub(end, n))]], value);
}

export const doc: OpDoc = {
  summary: 'Overlapping frames of a signal.',
  forward: 'y_{f j} = x_{s f + j}',
  gradient: { signal: '\\sum_{s f + j = t} \\bar y_{f j}' },
  source: 'the adjoint of taking by index is adding by index',
};
