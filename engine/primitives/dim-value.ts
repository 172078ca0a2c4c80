/** DimValue: a dim as a value of the graph. */
import { attr } from '../attr.ts';
import type { Sym } from '../build/sym.ts';
import { type DimLike, toDim } from '../dim/index.ts';
import { defineOp } from '../op.ts';
import type { DType } from '../types.ts';
import { fill, zeroCotangent } from './fill.ts';

/** A dim as a scalar, for example the n of a mean. */
export const DimValue = defineOp({
  name: 'DimValue',
  inputs: [],
  attrs: { dim: attr.dim(), dtype: attr.dtype('float32') },
  infer: (_inputs, { dtype }) => [{ dtype, shape: [] }],
  lowering: [{ kind: 'kernel' }],
  traits: { leaf: 'constant' },
  elements: ({ dim }) => dim,
  parts: (_inputs, { dim }) => ({ re: dimValue(dim), im: zeroCotangent({ dtype: 'float32', shape: [] }) }),
  gradient: {},
});

export function dimValue(dim: DimLike, dtype: DType = 'float32'): Sym {
  const d = toDim(dim);
  return typeof d === 'number' ? fill([], d, dtype) : DimValue.node({}, { dim: d, dtype });
}
