/** Iota: an arithmetic sequence. */
import { attr } from '../attr.ts';
import type { Sym } from '../build/sym.ts';
import { type DimLike, toDim } from '../dim/index.ts';
import { defineOp } from '../op.ts';
import type { DType } from '../types.ts';
import { zeroCotangent } from './fill.ts';

/** `size` numbers: start, start + step, start + 2 step, ... */
export const Iota = defineOp({
  name: 'Iota',
  inputs: [],
  attrs: { size: attr.dim(), start: attr.number(0), step: attr.number(1), dtype: attr.dtype('int32') },
  infer: (_inputs, { size, dtype }) => [{ dtype, shape: [size] }],
  lowering: [{ kind: 'kernel' }],
  traits: { leaf: 'constant' },
  elements: ({ start, step }) => ({ start, step }),
  parts: (_inputs, { size, start, step }) => ({
    re: iota(size, 'float32', start, step),
    im: zeroCotangent({ dtype: 'float32', shape: [size] }),
  }),
  gradient: {},
});

export const iota = (size: DimLike, dtype: DType = 'int32', start = 0, step = 1): Sym =>
  Iota.node({}, { size: toDim(size), start, step, dtype });
