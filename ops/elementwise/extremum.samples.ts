import type { Sym } from '../../engine/index.ts';
import { integers, type Sample, sample, uniform, values } from '../sample.ts';

/** Rows in which each operand is the result somewhere, without ties unless noted. */
export function extremumSamples(build: (a: Sym, b: Sym) => Sym, name: 'maximum' | 'minimum'): readonly Sample[] {
  const tfGradIsWrong = 'throws on a broadcast';
  return [
    sample({
      a: values([
        [-1, 2, 0.5],
        [3, -2, 0],
      ]),
      b: values([
        [1, -2, 1],
        [2, -1, -3],
      ]),
    }),
    sample({ a: uniform(['$n', 3]), b: values([-2, 2, -1.5]) }, { tfGradIsWrong }),
    sample({ a: uniform([2, 1, 3]), b: values([[1.5], [-2]]) }, { tfGradIsWrong, note: 'both broadcast' }),
    sample({ a: values(0), b: uniform(['$n', 3], 1, 2) }, { tfGradIsWrong, note: 'a scalar' }),
    sample({ a: uniform([0, 3]), b: uniform([1, 3]) }, { tfGradIsWrong, note: 'zero elements' }),
    sample({ a: values([1, -2, 0]), b: values([1, -2, 0]) }, { notDifferentiable: 'ties, which share equally' }),
    sample(
      { a: uniform([4]) },
      {
        build: ({ a }) => build(a!, a!),
        reference: (tf, [a]) => tf.clone(a!),
        tfjs: (tf, [a]) => tf[name](a!, a!),
        note: 'ties, where the halves make a whole',
      },
    ),
    sample(
      { a: values([Number.NaN, 1, Number.NaN, Infinity]), b: values([1, Number.NaN, Number.NaN, -Infinity]) },
      { notDifferentiable: 'NaN, which either operand hands on' },
    ),
    sample({ a: integers([6], -5, 5), b: integers([6], -5, 5) }, { notDifferentiable: 'integers' }),
  ];
}
