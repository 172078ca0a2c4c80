import {
  AttributeError,
  type Dim,
  dim,
  integers,
  iota,
  lift,
  type OpDoc,
  reshape,
  type SampleOptions,
  ShapeError,
  type Sym,
  type SymLike,
  sample,
  uniform,
} from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { gather } from '../indexing/gather.ts';
import { pad } from '../shape/pad.ts';

/**
 * Overlapping parts of the last axis: [..., n] to [..., frames, frameLength]. The last that would reach beyond the end is left out;
 * with `padEnd` every one that begins before the end is there, filled with `padValue`.
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

/** With as much behind the end as the last frame needs. */
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
const row = (length: number, step: number, padEnd?: boolean, padValue?: number): SampleOptions => ({
  build: ({ signal }) => frame(signal!, length, step, padEnd, padValue),
  reference: (tf, [x]) => tf.signal.frame(x as never, length, step, padEnd, padValue),
});
export const samples = () => [
  sample({ signal: uniform(['$n']) }, { ...row(2, 1), note: 'an unknown length, one frame' }),
  sample({ signal: uniform([7]) }, row(3, 2)),
  sample({ signal: uniform([8]) }, { ...row(3, 2), note: 'an end that is left out' }),
  sample({ signal: uniform([8]) }, { ...row(3, 3, true, 1.5), note: 'an end that is filled' }),
  sample({ signal: uniform([7]) }, { ...row(2, 3, true), note: 'gaps' }),
  sample({ signal: uniform([10]) }, { ...row(2, 5, true), note: 'gaps, and an end in one' }),
  sample({ signal: uniform(['$n']) }, { ...row(3, 1, true, -1), note: 'longer than the signal, filled' }),
  sample(
    { signal: uniform([4]) },
    { ...row(5, 1), note: 'longer than the signal: none', tfGradIsWrong: 'throws for no frames' },
  ),
  sample(
    { signal: uniform([0]) },
    { ...row(2, 1, true), note: 'zero elements', tfGradIsWrong: 'throws for no frames' },
  ),
  sample(
    { signal: uniform(['$n', 5]) },
    {
      ...row(3, 2),
      reference: (tf, [x]) => tf.stack(tf.unstack(x!).map((one) => tf.signal.frame(one as never, 3, 2))),
      tfjs: row(3, 2).reference!,
      tfGradIsWrong: 'throws for a batch, as the value does',
      note: 'a batch, which tf does not take',
    },
  ),
  sample({ signal: integers([5], -5, 5) }, { ...row(2, 2, true), notDifferentiable: 'integers' }),
];
