import { type Sample, type SampleOptions, sample, uniform } from '../sample.ts';

type Range = readonly [low: number, high: number];

/**
 * Rows that every binary op has: equal shapes with an unknown batch, a row, a scalar, both broadcast, no elements.
 * @param a, b the ranges that the operands are drawn from
 * @param options options of every row; `broadcastIsWrong`: why tf.grad is not used if shapes are broadcast
 */
export function binarySamples(
  a: Range,
  b: Range,
  { broadcastIsWrong, ...options }: SampleOptions & { readonly broadcastIsWrong?: string } = {},
): readonly Sample[] {
  const broadcast = broadcastIsWrong === undefined ? options : { ...options, tfGradIsWrong: broadcastIsWrong };
  return [
    sample({ a: uniform(['$n', 3], ...a), b: uniform(['$n', 3], ...b) }, options),
    sample({ a: uniform(['$n', 3], ...a), b: uniform([3], ...b) }, broadcast),
    sample({ a: uniform([], ...a), b: uniform(['$n', 3], ...b) }, { ...broadcast, note: 'a scalar' }),
    sample({ a: uniform([2, 1, 3], ...a), b: uniform([4, 1], ...b) }, { ...broadcast, note: 'both broadcast' }),
    sample(
      { a: uniform([0, 3], ...a), b: uniform([1, 3], ...b) },
      { ...broadcast, note: 'zero elements', tfGradIsWrong: 'throws on a broadcast to no elements' },
    ),
  ];
}
