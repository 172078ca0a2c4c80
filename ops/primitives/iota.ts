import {
  AttributeError,
  type DimLike,
  dim,
  iota,
  type OpDoc,
  type SampleOptions,
  type Sym,
  sample,
  toDim,
  uniform,
} from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';

export { Iota, iota } from '../../engine/index.ts';

/**
 * start, start + step, ... up to, but not including, stop; downwards by default where stop is below. `stop` may be an
 * unknown dim, with a step of 1.
 * @throws AttributeError for a step of 0
 */
export function range(start: number, stop: DimLike, step = 1, dtype: 'float32' | 'int32' = 'float32'): Sym {
  if (step === 0) throw new AttributeError('range: a step of 0 leads nowhere');
  if (typeof stop !== 'number') {
    if (step !== 1) throw new AttributeError(`range: up to an unknown dim by steps of 1, not ${step}`);
    return iota(dim.sub(toDim(stop), start), dtype, start);
  }
  const by = stop < start && step === 1 ? -1 : step;
  return iota(Math.max(0, Math.ceil((stop - start) / by)), dtype, start, by);
}

/** `num` values from start to stop, both included, evenly apart. @throws AttributeError for no values */
export function linspace(start: number, stop: number, num: number): Sym {
  if (!(num > 0)) throw new AttributeError(`linspace: ${num} values`);
  return iota(num, 'float32', start, num === 1 ? 0 : (stop - start) / (num - 1));
}

export const doc: OpDoc = {
  summary: 'Numbers in arithmetic progression.',
  forward: 'y_i = a + i h',
  gradient: {},
  source: 'a constant',
};
const row = (start: number, stop: number, step?: number, dtype?: 'float32' | 'int32'): SampleOptions => ({
  build: () => range(start, stop, step, dtype),
  reference: (tf) => tf.range(start, stop, step, dtype),
  notDifferentiable: 'no inputs',
});
export const samples = () => [
  sample({}, row(0, 5)),
  sample({}, row(1, 9, 3, 'int32')),
  sample({}, { ...row(5, 1), note: 'downwards' }),
  sample({}, { ...row(0, 1, 0.25), note: 'fractions' }),
  sample({}, { ...row(2, 2), note: 'zero elements' }),
  sample(
    {},
    { build: () => linspace(-1, 1, 5), reference: (tf) => tf.linspace(-1, 1, 5), notDifferentiable: 'no inputs' },
  ),
  sample(
    {},
    { build: () => linspace(3, 9, 1), reference: (tf) => tf.linspace(3, 9, 1), notDifferentiable: 'no inputs' },
  ),
  sample(
    { x: uniform(['$n']) },
    {
      build: ({ x }) => mul(x!, range(0, x!.shape[0]!)),
      reference: (tf, [x]) => tf.mul(x!, tf.range(0, x!.shape[0]!)),
      note: 'up to an unknown dim',
    },
  ),
];
