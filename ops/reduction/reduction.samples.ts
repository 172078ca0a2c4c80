import type { Sym } from '../../engine/index.ts';
import { distinct, type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import type { Axes } from '../shape/axis.ts';

type Build = (x: Sym, axis?: Axes, keepDims?: boolean) => Sym;
interface TfOps {
  readonly reference: (axis: Axes | undefined, keepDims?: boolean) => NonNullable<SampleOptions['reference']>;
}

/**
 * Rows of a reduction of floats: one axis, several, all, keepDims, a negative axis, none; no elements with nonempty results; distinct
 * values.
 */
export function reductionSamples(
  build: Build,
  { reference }: TfOps,
  negativeAxis: SampleOptions = {},
): readonly Sample[] {
  const row = (x: Sample['inputs'], axis: Axes | undefined, keepDims?: boolean, more: SampleOptions = {}): Sample =>
    sample(x, {
      build: (inputs) => build(inputs.x!, axis, keepDims),
      reference: reference(axis, keepDims),
      ...more,
    });
  return [
    row({ x: distinct(['$n', 3]) }, 1),
    row({ x: distinct(['$n', 3]) }, 0, false, { note: 'the unknown axis' }),
    row({ x: distinct(['$n', 3]) }, undefined, false, { note: 'all axes' }),
    row({ x: distinct([2, '$n', 3]) }, [0, -1], true, { ...negativeAxis, note: 'kept, a negative axis' }),
    row({ x: distinct([2, 3, 2, 2]) }, [1, 2], false, { note: 'inner axes' }),
    row({ x: distinct([2, 1, 3]) }, 1, false, { note: 'an axis of size 1' }),
    row({ x: distinct([]) }, undefined, false, { note: 'a scalar' }),
    row({ x: uniform([0, 3]) }, 1, false, { note: 'zero elements' }),
  ];
}
