/** Constant: values known when the graph is built. */
import { attr } from '../attr.ts';
import type { Sym } from '../build/sym.ts';
import { isStatic } from '../dim/index.ts';
import { DTypeError, ShapeError } from '../errors.ts';
import { flatten } from '../literal.ts';
import { defineOp, provideLift } from '../op.ts';
import { type DType, type NestedArray, numbersPer, sizeOf, type TypedArray, typedArrayOf } from '../types.ts';
import { fill } from './fill.ts';

/** A copy of the given values. Constants up to 4 kB are interned by content, except those that a user makes directly (`Node.distinct`). */
export const Constant = defineOp({
  name: 'Constant',
  inputs: [],
  attrs: { dtype: attr.dtype('float32'), shape: attr.shape(), data: attr.data() },
  infer: (_inputs, { dtype, shape, data }) => {
    if (data.constructor !== typedArrayOf(dtype, 0).constructor)
      throw new DTypeError(`a ${data.constructor.name} for values of ${dtype}`);
    if (!isStatic(shape) || sizeOf(shape) * numbersPer(dtype) !== data.length) {
      throw new ShapeError(`${data.length} values do not fill the shape [${shape.join(', ')}]`);
    }
    return [{ dtype, shape }];
  },
  lowering: [{ kind: 'kernel' }],
  traits: { leaf: 'constant' },
  elements: ({ data }) => data,
  parts: (_inputs, { shape, data }) => {
    const part = (offset: 0 | 1): Sym =>
      constant(
        Float32Array.from({ length: data.length / 2 }, (_, i) => data[2 * i + offset]!),
        'float32',
        shape as readonly number[],
      );
    return { re: part(0), im: part(1) };
  },
  gradient: {},
});

/** A constant of a literal; a number becomes a Fill, whose value passes can read. */
export function constant(
  value: number | boolean | NestedArray | TypedArray,
  dtype?: DType,
  shape?: readonly number[],
): Sym {
  if (typeof value === 'number' || typeof value === 'boolean')
    return fill(shape ?? [], Number(value), dtype ?? (typeof value === 'boolean' ? 'bool' : 'float32'));
  const flat = flatten(value, dtype);
  return Constant.node({}, { dtype: flat.dtype, shape: shape ?? flat.shape, data: flat.values });
}

provideLift(constant);
