import { AttributeError, type DimLike, dim, iota, type OpDoc, type Sym, toDim } from '../../engine/index.ts';

export { Iota, iota } from '../../engine/index.ts';

/**
 * start, start + step, ... up to stop, which is excluded; without a step, it descends if stop is below start. `stop` may be an unknown dim,
 * with a step of 1.
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

/** `num` evenly spaced values from start to stop, both included. @throws AttributeError if num is not positive */
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
