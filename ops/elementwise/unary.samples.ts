import { type Sample, type SampleOptions, sample, uniform } from '../sample.ts';

/** Rows that every unary op of floats has, with values from [low, high): an unknown batch, a scalar, no elements. */
export function unarySamples(low: number, high: number, options: SampleOptions = {}): readonly Sample[] {
  return [
    sample({ x: uniform(['$n', 3], low, high) }, options),
    sample({ x: uniform([], low, high) }, options),
    sample({ x: uniform([0, 2], low, high) }, { ...options, note: 'zero elements' }),
  ];
}
